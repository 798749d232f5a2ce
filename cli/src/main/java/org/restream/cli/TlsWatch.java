package org.restream.cli;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.restream.cli.tls.ReloadedTls;

/** Has a server's certificates looked at once a second, so that no connection waits for a disk. */
final class TlsWatch {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private TlsWatch() {}

    /** Until the command ends. */
    static void start(ReloadedTls files, ListenNotices notices) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "restream-tls-files");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> unused = timer.scheduleWithFixedDelay(
                () -> files.check(notices.tls()), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
}
