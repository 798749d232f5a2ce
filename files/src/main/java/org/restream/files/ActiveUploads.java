package org.restream.files;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The uploads that this process receives now, and the digests of those that it has received a part of. */
final class ActiveUploads {
    private static final int MOST_DIGESTS = 1_000;
    /** A live client reads that its upload was taken over, and ends. A dead one must not hold its connection. */
    private static final long LAST_WORD_SECONDS = 5;

    private final ScheduledExecutorService timer;

    private final ConcurrentMap<String, ReceivedUpload> active = new ConcurrentHashMap<>();
    /** The oldest first; guarded by itself. */
    private final Map<String, RunningDigest> digests = new LinkedHashMap<>();

    ActiveUploads(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Takes an upload over from whoever has it: at once, since that one's connection may be dead, and nobody has noticed yet. */
    void enter(ReceivedUpload upload) throws InterruptedException {
        ReceivedUpload before = active.put(upload.terms.id(), upload);
        try {
            if (before != null && before.takeOver()) {
                Future<?> unused = timer.schedule(before.res::abort, LAST_WORD_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            upload.entered();
        }
    }

    void leave(ReceivedUpload upload) {
        // first: the next one must find what this one has synced
        upload.close();
        active.remove(upload.terms.id(), upload);
    }

    /** The digest of what has come of it so far, or one that has to begin. */
    RunningDigest digest(String id, long have) {
        RunningDigest kept;
        synchronized (digests) {
            kept = digests.remove(id);
        }
        return kept != null && kept.fits(have) ? kept : new RunningDigest();
    }

    /** For the next exchange with this upload. */
    void keep(String id, RunningDigest digest) {
        synchronized (digests) {
            digests.put(id, digest);
            Iterator<String> eldest = digests.keySet().iterator();
            if (digests.size() > MOST_DIGESTS && eldest.hasNext()) {
                eldest.next();
                eldest.remove();
            }
        }
    }
}
