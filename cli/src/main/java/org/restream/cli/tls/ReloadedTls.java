package org.restream.cli.tls;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A TLS context from files that are read at the start, and again when {@link #check} finds that they have changed. Key,
 * certificates and authorities change together, and no session is resumed that began under earlier ones. Files that are
 * wrong or incomplete change nothing: what was read before stays in use, and the next check tries again. Contents are
 * compared, not times, so that every way of replacing a file is noticed.
 */
public final class ReloadedTls {
    /** Is called about changes, one at a time, each time with a line that can be shown. */
    public interface Listener {
        /** New files are in use for new connections. */
        void renewed(String line);

        /** The files can't be used. Called once for each reason. */
        void refused(String line);
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

    /** The context of the files that were read last. */
    public SSLContext context() {
        return loaded.context();
    }

    /** When the certificate that is shown, or one of its chain, expires; empty if none is shown. */
    public Optional<Instant> ownValidUntil() {
        return Optional.ofNullable(loaded.identity()).map(Identity::validUntil);
    }

    /** When the first certificate of the authorities expires; empty if they are those that Java trusts. */
    public Optional<Instant> authoritiesValidUntil() {
        return Optional.ofNullable(loaded.authorities()).map(Authorities::validUntil);
    }

    /** The context, after a check of the files. */
    public SSLContext checkedContext(Listener listener) {
        check(listener);
        return context();
    }

    /**
     * Reads the files, and uses them if they have changed. Pipes, which can be read only once, are not read again.
     * Throws only what the listener throws, after everything else is done.
     */
    public void check(Listener listener) {
        if (!canChange || !checking.tryLock()) {
            return;
        }
        try {
            String renewed = null;
            String refused = null;
            try {
                renewed = renew();
            } catch (TlsFileException e) {
                refused = e.getMessage();
            } catch (Throwable e) {
                // a bug of ours, or no memory: treat it like a wrong file
                refused = e.toString();
            }
            if (refused != null) {
                if (!refused.equals(trouble)) {
                    listener.refused(refused + "; the certificates read before stay in use");
                }
                trouble = refused;
                return;
            }
            trouble = null;
            if (renewed != null) {
                listener.renewed("new certificates: " + renewed);
            }
        } finally {
            checking.unlock();
        }
    }

    /** Returns what is new; null if nothing is. */
    private @Nullable String renew() throws TlsFileException {
        TlsTexts now = files.read();
        if (now.equals(read)) {
            loaded.checkValidAt(clock.instant());
            return null;
        }
        Loaded next = now.load(clock.instant());
        List<Path> changed = now.changedSince(read);
        loaded = next;
        read = now;
        Identity identity = next.identity();
        return changed + (identity == null ? "" : ", " + identity.text());
    }
}
