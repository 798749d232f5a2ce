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
    private final Progress progress;
    private volatile Timer.Task task = Timer.Task.NONE;
    private volatile int bytesPending;
    private volatile Duration spent = Duration.ZERO;

    /**
     * The clock starts with {@link #waiting}.
     *
     * @param limit the peer's time; zero for no limit
     */
    HeaderDeadline(Duration limit, Timer timer, ExchangeState state, Progress progress) {
        this.limit = limit;
        this.timer = timer;
        this.state = state;
        this.progress = progress;
    }

    /** Subtracts time that was used before. */
    void spent(Duration time) {
        spent = time;
    }

    /** A thread begins to wait for the peer, which has sent this many bytes of an incomplete header. */
    void waiting(int headerBytesPending) {
        bytesPending = headerBytesPending;
        if (progress.headerKnown) {
            cancel();
        } else if (!limit.isZero() && task == Timer.Task.NONE) {
            task = timer.after(limit.minus(spent), this::tooLate);
        }
    }

    private void tooLate() {
        if (!progress.headerKnown) {
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
