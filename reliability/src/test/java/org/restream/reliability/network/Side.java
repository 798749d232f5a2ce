package org.restream.reliability.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One of the two sockets of a connection through a proxy. One thread reads, another writes, and any may end it. */
final class Side {
    /** Longer than any thread needs from a failed system call to the next statement. */
    private static final long WRITE_ERROR_MILLIS = 1_000;

    private final Socket socket;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean broken;

    Side(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
    }

    /** Like {@link java.io.InputStream#read}; an apparent end is a reset if a write got one. */
    int read(byte[] buffer, int length) throws IOException {
        int count = socket.getInputStream().read(buffer, 0, length);
        if (count < 0 && writeHasFailed()) {
            throw new IOException("reset");
        }
        return count;
    }

    private boolean writeHasFailed() throws IOException {
        try {
            if (writing.tryLock(WRITE_ERROR_MILLIS, TimeUnit.MILLISECONDS)) {
                writing.unlock();
            }
            return broken;
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    void write(byte[] buffer, int length) throws IOException {
        writing.lock();
        try {
            socket.getOutputStream().write(buffer, 0, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /** FIN. */
    void finish() throws IOException {
        writing.lock();
        try {
            socket.shutdownOutput();
        } finally {
            writing.unlock();
        }
    }

    /** RST after everything that was written: on loopback a write of a few bytes is delivered when it returns. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    /** FIN, or RST if there are unread bytes. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    int localPort() {
        return socket.getLocalPort();
    }
}
