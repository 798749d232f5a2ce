package org.restream.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a body that goes on. Who has the bytes adds them as they pass. What has passed while another process was at work is
 * read from the disk in the background, while more comes: so nobody waits for it before the first new byte.
 */
final class RunningDigest {
    /** Where the bytes can be read once more. */
    interface Source {
        InputStream open(long from) throws IOException;
    }

    private static final int PIECE = 256 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final MessageDigest sha256;

    // guarded by the lock; what is digested is changed by the background's thread alone, while there is one
    private long digested;
    private long there;
    private boolean reading;
    private boolean suspended;
    private @Nullable IOException failure;

    RunningDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether it can go on with a body of which so much is there. */
    boolean fits(long size) {
        lock.lock();
        try {
            return digested <= size && failure == null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes on.
     *
     * @param size how many bytes are there
     * @param source where they can be read
     */
    void resume(long size, Source source) {
        lock.lock();
        try {
            there = Math.max(size, digested);
            suspended = false;
            if (digested < there) {
                reading = true;
                Thread thread = new Thread(() -> catchUp(source), "restream-digest");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds what has passed; from now on it can be read at the source. What was digested before is passed over.
     *
     * @param position of the first byte, no later than what is there
     */
    void add(long position, ByteBuffer bytes) {
        lock.lock();
        try {
            ByteBuffer more = bytes.duplicate();
            more.position(more.position() + (int) Math.min(more.remaining(), there - position));
            int count = more.remaining();
            if (!reading && digested == there && failure == null) {
                sha256.update(more);
                digested += count;
            }
            there += count;
        } finally {
            lock.unlock();
        }
    }

    private void catchUp(Source source) {
        try (InputStream in = source.open(digested())) {
            byte[] piece = new byte[PIECE];
            for (int most = next(piece.length); most > 0; most = next(piece.length)) {
                int count = in.read(piece, 0, most);
                if (count < 0) {
                    throw new EOFException("the file has become shorter");
                }
                sha256.update(piece, 0, count);
                passed(count);
            }
        } catch (IOException e) {
            failed(e);
        } catch (Throwable e) {
            failed(new IOException(e.toString(), e));
        }
    }

    private long digested() {
        lock.lock();
        try {
            return digested;
        } finally {
            lock.unlock();
        }
    }

    /** How much is to be read next: nothing once all is digested, and from then on who adds digests. */
    private int next(int most) {
        lock.lock();
        try {
            long left = suspended ? 0 : there - digested;
            if (left == 0) {
                reading = false;
                changed.signalAll();
            }
            return (int) Math.min(most, left);
        } finally {
            lock.unlock();
        }
    }

    private void passed(int count) {
        lock.lock();
        try {
            digested += count;
        } finally {
            lock.unlock();
        }
    }

    private void failed(IOException e) {
        lock.lock();
        try {
            failure = e;
            reading = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing has to be read again. */
    boolean isCurrent() {
        lock.lock();
        try {
            return !reading && digested == there;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the reading in the background; {@link #resume} goes on with it. */
    void suspend() {
        lock.lock();
        try {
            suspended = true;
            changed.signalAll();
            while (reading) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all that is there has been digested.
     *
     * @return 64 hexadecimal digits; null where it was suspended meanwhile
     * @throws IOException if it can't be read
     */
    @Nullable
    String await() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (reading && !suspended) {
                changed.await();
            }
            if (failure != null) {
                throw new IOException("it can't be read again: " + failure.getMessage(), failure);
            }
            if (suspended || digested < there) {
                return null;
            }
            // of a copy: it may be asked for once more, by the next exchange
            return HexFormat.of().formatHex(((MessageDigest) sha256.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        } finally {
            lock.unlock();
        }
    }
}
