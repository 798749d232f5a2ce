package org.restream.cli.listen;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.cli.tls.ReloadedTls;

/** Has a server's certificates looked at once a second, so that no connection waits for a disk. */
final class TlsWatch {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Runnable look;
    private final Consumer<String> report;
    private @Nullable String trouble;

    private TlsWatch(Runnable look, Consumer<String> report) {
        this.look = look;
        this.report = report;
    }

    /** Until the command ends. */
    static void start(ReloadedTls files, ListenNotices notices) {
        AutoCloseable unused = start(() -> files.check(notices.tls()), notices::warning, EVERY);
    }

    /**
     * Looks again and again.
     *
     * @param report is told of what a look throws, and not twice in a row of the same
     */
    static AutoCloseable start(Runnable look, Consumer<String> report, Duration every) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "restream-tls-files");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = timer.scheduleWithFixedDelay(
                new TlsWatch(look, report)::run, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return timer::shutdownNow;
    }

    /** Throws nothing, which would be the end of looking. */
    private void run() {
        try {
            look.run();
            trouble = null;
        } catch (Throwable e) {
            tell(String.valueOf(e));
        }
    }

    private void tell(String what) {
        if (what.equals(trouble)) {
            return;
        }
        trouble = what;
        try {
            report.accept("the certificates' files can't be looked at: " + what);
        } catch (Throwable e) {
            // nobody can be told; the next look may go well
            return;
        }
    }
}
