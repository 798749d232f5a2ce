package org.restream.internal.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;

/**
 * Discards the part of the peer's message that nobody reads: without a limit while our message is being sent, and
 * afterwards within the {@link DropLimit}.
 */
final class Drain {
    private final MessageReader reader;
    private final OutgoingStream out;
    private final ExchangeState state;
    private final Timer timer;
    private @Nullable DropLimit limit;

    Drain(MessageReader reader, OutgoingStream out, ExchangeState state, Timer timer) {
        this.reader = reader;
        this.out = out;
        this.state = state;
        this.timer = timer;
    }

    /** Reads to the end, because a close with unread bytes would make the kernel discard the end of our message. */
    void toEnd() {
        try {
            for (long before = state.progress.received(); reader.drop(); before = state.progress.received()) {
                dropped(state.progress.received() - before);
            }
        } catch (IOException e) {
            // a failure of the connection has been recorded by the reader already
            state.fail(Reason.HANDLER, e);
        }
    }

    /**
     * Counts discarded bytes. There is no limit while our message is being sent, because the sender may need that time.
     */
    void dropped(long bytes) {
        if (!out.isOver()) {
            return;
        }
        DropLimit current = limit;
        if (current == null) {
            current = new DropLimit();
            limit = current;
        }
        if (!current.allows(bytes, timer.nanoTime())) {
            state.fail(Reason.LIMIT, new IOException("the peer keeps sending, and nobody reads it: " + current.text()));
        }
    }
}
