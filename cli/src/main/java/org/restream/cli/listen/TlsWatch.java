package org.restream.cli.listen;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.cli.tls.ReloadedTls;

/** Checks a server's certificate files once a second, so that no connection waits for a disk. */
final class TlsWatch {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Runnable look;
    private final Consumer<String> report;
    private @Nullable String trouble;

    private TlsWatch(Runnable look, Consumer<String> report) {
        this.look = look;
        this.report = report;
    }

    /** Starts checking, until the command ends. */
    static void start(ReloadedTls files, ListenNotices notices) {
        AutoCloseable unused = start(() -> files.check(notices.tls()), notices::warning, EVERY);
    }

    /**
     * Starts checking at a fixed interval.
     *
     * @param report gets what a check throws, but not the same text twice in a row
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

    /** Throws nothing, because that would stop the checks. */
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
            report.accept("the certificate files can't be checked: " + what);
        } catch (Throwable e) {
            // even the report has failed; the next check may work
            return;
        }
    }
}
