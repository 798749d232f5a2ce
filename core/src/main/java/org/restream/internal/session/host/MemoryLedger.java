package org.restream.internal.session.host;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Memory;
import org.restream.internal.session.SessionConfig;

/** The memory of all sessions of a server: what has been granted never exceeds it. */
final class MemoryLedger {
    /** A session begins with at most this part of what is free, so that there is something left for the next ones. */
    private static final int SHARE = 512;

    private final AtomicLong free;

    MemoryLedger(long bytes) {
        free = new AtomicLong(bytes);
    }

    long free() {
        return free.get();
    }

    private boolean take(long bytes) {
        long now = free.get();
        while (now >= bytes) {
            if (free.compareAndSet(now, now - bytes)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }

    /** What a new session gets: room for several exchanges, fewer where memory is short, or for one; null where there is none. */
    @Nullable
    Account open(SessionConfig config) {
        long each = config.memoryOfPlace();
        int places = config.firstPlaces();
        while (places > 1 && places * each > free.get() / SHARE) {
            places /= 2;
        }
        return take(places * each) ? new Account(places, places * each) : null;
    }

    /** What one session has. */
    final class Account implements Memory {
        private final int places;
        private long taken;
        private boolean closed;

        private Account(int places, long taken) {
            this.places = places;
            this.taken = taken;
        }

        int places() {
            return places;
        }

        @Override
        public synchronized boolean take(long bytes) {
            boolean got = !closed && MemoryLedger.this.take(bytes);
            taken += got ? bytes : 0;
            return got;
        }

        @Override
        public synchronized void give(long bytes) {
            if (!closed) {
                taken -= bytes;
                free.addAndGet(bytes);
            }
        }

        /** The session is over: all is given back. */
        synchronized void close() {
            give(taken);
            closed = true;
        }
    }
}
