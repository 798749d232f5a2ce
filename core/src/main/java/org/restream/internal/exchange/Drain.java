package org.restream.internal.exchange;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Timer;

/** Drops what nobody takes of the peer's message: without a limit while ours is being sent, and then within {@link DropLimit}. */
final class Drain {
    private final MessageReader reader;
    private final OutgoingStream out;
    private final ExchangeState state;
    private final Progress progress;
    private final Timer timer;
    private @Nullable DropLimit limit;

    Drain(MessageReader reader, OutgoingStream out, ExchangeState state, Progress progress, Timer timer) {
        this.reader = reader;
        this.out = out;
        this.state = state;
        this.progress = progress;
        this.timer = timer;
    }

    /** Reads to the end: a close with unread bytes would make the kernel discard the end of our message. */
    void toEnd() {
        try {
            for (long before = progress.received(); reader.drop(); before = progress.received()) {
                dropped(progress.received() - before);
            }
        } catch (IOException e) {
            // the reader has recorded it, if it was the connection
            state.fail(Reason.HANDLER, e);
        }
    }

    /** So many bytes were dropped. While our message is being sent, its sender may need the time. */
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
            state.fail(Reason.LIMIT, new IOException("the peer goes on sending what nobody reads: " + current.text()));
        }
    }
}
