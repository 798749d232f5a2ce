package org.restream.cli.tls;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS as the files say it: read at the start, and again whenever {@link #check} finds that they have changed. Key, certificates
 * and authorities change together, and no session is resumed that began under others. Files that are wrong, or written half,
 * change nothing: what was read before stays in use, and the next check tries again. Contents are compared, not times, so that
 * no way of replacing a file goes unseen.
 */
public final class ReloadedTls {
    /** Hears of changes, one at a time. */
    public interface Listener {
        /** New files are in use from now on, for new connections. */
        void renewed(String what);

        /** They can't be used, or no longer. Told once for each reason. */
        void refused(String why);
    }

    private final TlsFiles files;
    private final InstantSource clock;
    private final boolean canChange;
    private final ReentrantLock checking = new ReentrantLock();

    // guarded by checking
    private TlsTexts read;
    private @Nullable String trouble;

    private volatile Loaded loaded;

    /** Reads the files for the first time. */
    public ReloadedTls(TlsFiles files, InstantSource clock) throws TlsFileException {
        this.files = files;
        this.clock = clock;
        canChange = files.areRegular();
        read = files.read();
        loaded = read.load(clock.instant());
    }

    /** Of what was read last. */
    public SSLContext context() {
        return loaded.context();
    }

    /** Looks at the files first. */
    public SSLContext checkedContext(Listener listener) {
        check(listener);
        return context();
    }

    /** Reads the files, and uses them if they have changed. A pipe, which can be read once, stays as it was. */
    public void check(Listener listener) {
        if (!canChange || !checking.tryLock()) {
            return;
        }
        try {
            renew(listener);
            trouble = null;
        } catch (TlsFileException | RuntimeException e) {
            String why = e instanceof TlsFileException ? String.valueOf(e.getMessage()) : e.toString();
            if (!why.equals(trouble)) {
                trouble = why;
                listener.refused(why);
            }
        } finally {
            checking.unlock();
        }
    }

    private void renew(Listener listener) throws TlsFileException {
        TlsTexts now = files.read();
        if (now.equals(read)) {
            loaded.checkValidAt(clock.instant());
            return;
        }
        Loaded next = now.load(clock.instant());
        List<Path> changed = now.changedSince(read);
        loaded = next;
        read = now;
        Identity identity = next.identity();
        listener.renewed(changed + (identity == null ? "" : ", " + identity.text()));
    }
}
