package org.restream.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Locks for uploads, over all threads and processes that use a folder: of one file, the byte that the id says. So no lock has a file
 * that somebody would have to remove. The system takes a lock back when its process dies, however it dies.
 *
 * <p>The system's locks are the process's, and to close any descriptor of the file drops them all. So a process opens the file once,
 * and where two stores have the same folder they share it. The channel is one that no interrupt closes.
 */
final class IdLocks implements Closeable {
    private static final Map<Path, IdLocks> OPEN = new HashMap<>();

    private final Path file;
    private final AsynchronousFileChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    /** Those that this process holds. Guarded by the lock. */
    private final Set<Long> held = new HashSet<>();
    /** Guarded by the class. */
    private int users;

    private IdLocks(Path file) throws IOException {
        this.file = file;
        channel = AsynchronousFileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Those of a folder that is there. */
    static IdLocks of(Path folder) throws IOException {
        Path file = folder.toRealPath().resolve("lock");
        synchronized (OPEN) {
            IdLocks locks = OPEN.get(file);
            if (locks == null) {
                locks = new IdLocks(file);
                OPEN.put(file, locks);
            }
            locks.users++;
            return locks;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(file);
                channel.close();
            }
        }
    }

    /** A lock that is held. */
    final class Held implements AutoCloseable {
        private final long place;
        private final @Nullable FileLock system;

        private Held(long place, @Nullable FileLock system) {
            this.place = place;
            this.system = system;
        }

        @Override
        public void close() throws IOException {
            try {
                if (system != null && channel.isOpen()) {
                    system.release();
                }
            } finally {
                free(place);
            }
        }
    }

    /** What is done under a lock. */
    interface Step<T extends @Nullable Object> {
        T run() throws IOException, InterruptedException;
    }

    /** Waits for the lock, and does it. */
    <T extends @Nullable Object> T locked(String id, Step<T> step) throws IOException, InterruptedException {
        Held held = lock(id);
        try (held) {
            return step.run();
        }
    }

    private Held lock(String id) throws IOException, InterruptedException {
        long place = place(id);
        lock.lockInterruptibly();
        try {
            while (!held.add(place)) {
                freed.await();
            }
        } finally {
            lock.unlock();
        }
        return ofSystem(place);
    }

    /** Null where somebody holds it. */
    @Nullable
    Held tryLock(String id) throws IOException {
        long place = place(id);
        lock.lock();
        try {
            if (!held.add(place)) {
                return null;
            }
        } finally {
            lock.unlock();
        }
        Held now = trySystem(place);
        if (now == null) {
            free(place);
        }
        return now;
    }

    private Held ofSystem(long place) throws IOException, InterruptedException {
        Held now = trySystem(place);
        if (now != null) {
            return now;
        }
        CompletableFuture<FileLock> coming = new CompletableFuture<>();
        channel.lock(place, 1, false, coming, COMPLETER);
        try {
            return new Held(place, coming.get());
        } catch (InterruptedException e) {
            // nobody waits for it any more
            CompletableFuture<Void> unused = coming.handle((late, failure) -> {
                giveBack(place, late);
                return null;
            });
            throw e;
        } catch (ExecutionException e) {
            free(place);
            throw new IOException("the upload can't be locked: " + e.getCause(), e);
        }
    }

    private @Nullable Held trySystem(long place) throws IOException {
        try {
            FileLock now = channel.tryLock(place, 1, false);
            return now == null ? null : new Held(place, now);
        } catch (IOException e) {
            if (channel.isOpen()) {
                // this file system has no locks: then it is for one process alone
                return new Held(place, null);
            }
            free(place);
            throw e;
        } catch (RuntimeException e) {
            free(place);
            throw e;
        }
    }

    private void giveBack(long place, @Nullable FileLock late) {
        try {
            if (late != null) {
                late.release();
            }
        } catch (IOException e) {
            // the channel is closed, and with it the lock
            assert !channel.isOpen();
        } finally {
            free(place);
        }
    }

    private void free(long place) {
        lock.lock();
        try {
            held.remove(place);
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** 62 bits of the id: where they are the same for two, these only wait for each other. */
    private static long place(String id) {
        byte[] bits = Base64.getUrlDecoder().decode(id);
        long place = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            place = (place << 8) | (bits[i] & 0xff);
        }
        return place >>> 2;
    }

    private static final CompletionHandler<FileLock, CompletableFuture<FileLock>> COMPLETER =
            new CompletionHandler<>() {
                @Override
                public void completed(FileLock lock, CompletableFuture<FileLock> coming) {
                    coming.complete(lock);
                }

                @Override
                public void failed(Throwable failure, CompletableFuture<FileLock> coming) {
                    coming.completeExceptionally(failure);
                }
            };
}
