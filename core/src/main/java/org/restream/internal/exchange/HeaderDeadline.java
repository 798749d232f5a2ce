package org.restream.internal.exchange;

import java.time.Duration;
import org.restream.MalformedHeaderException;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.text.Durations;

/** The peer's time for its header. It runs while somebody waits for it: not while a handler does not read what may be there. */
final class HeaderDeadline {
    private final Duration limit;
    private final Timer timer;
    private final ExchangeState state;
    private final Progress progress;
    private volatile Timer.Task task = Timer.Task.NONE;
    private volatile int bytesPending;
    private volatile Duration spent = Duration.ZERO;

    /**
     * The clock stands still before {@link #waiting}.
     *
     * @param limit what the peer is given; zero: any time
     */
    HeaderDeadline(Duration limit, Timer timer, ExchangeState state, Progress progress) {
        this.limit = limit;
        this.timer = timer;
        this.state = state;
        this.progress = progress;
    }

    /** So much of the time is gone already. */
    void spent(Duration time) {
        spent = time;
    }

    /** Somebody waits for the peer, which has sent so many bytes of a header that is not whole. */
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
