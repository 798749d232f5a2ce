package org.restream.internal.exchange;

import java.time.Duration;
import org.restream.MalformedHeaderException;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.text.Durations;

/**
 * Limits the peer's time for its header. The clock runs while a thread waits for the header, not while a handler does
 * not read.
 */
final class HeaderDeadline {
    private final Duration limit;
    private final Timer timer;
    private final ExchangeState state;
    private volatile Timer.Task task = Timer.Task.NONE;
    private volatile int bytesPending;
    private volatile Duration spent = Duration.ZERO;

    /**
     * The clock starts with {@link #waiting}.
     *
     * @param limit the peer's time; zero for no limit
     */
    HeaderDeadline(Duration limit, Timer timer, ExchangeState state) {
        this.limit = limit;
        this.timer = timer;
        this.state = state;
    }

    /** Subtracts time that was used before. */
    void spent(Duration time) {
        spent = time;
    }

    /** A thread begins to wait for the peer, which has sent this many bytes of an incomplete header. */
    void waiting(int headerBytesPending) {
        bytesPending = headerBytesPending;
        if (limit.isZero() || state.progress.headerKnown || task != Timer.Task.NONE) {
            return;
        }
        task = timer.after(limit.minus(spent), this::tooLate);
        if (state.progress.headerKnown) {
            // it has come meanwhile, and who has read it may have cancelled before
            cancel();
        }
    }

    private void tooLate() {
        if (!state.progress.headerKnown) {
            state.fail(
                    Reason.HEADER,
                    new MalformedHeaderException("no whole header within " + Durations.text(limit) + ", only "
                            + bytesPending + " bytes of one"));
        }
    }

    void cancel() {
        task.cancel();
        task = Timer.Task.NONE;
    }
}
