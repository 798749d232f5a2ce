package org.restream.reliability.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One of a relay's two sockets. */
final class Side {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean lost;
    private volatile boolean silent;
    private volatile boolean ended;

    Side(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Like a stream's read: -1 for an end, an exception for a reset. */
    int read(byte[] bytes) throws IOException {
        int count = in.read(bytes);
        if (count < 0 && wasReset()) {
            throw new IOException("the writer was told of the reset");
        }
        return count;
    }

    /** Linux reports a reset only once: if a write got it, a read sees an end. So after an end this asks the writer. */
    private boolean wasReset() {
        try {
            if (writing.tryLock(1, TimeUnit.SECONDS)) {
                writing.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lost;
    }

    /** Writes bytes; discards them after an end, or when silent. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            if (!ended && !silent) {
                out.write(bytes, offset, length);
            }
        } catch (IOException e) {
            lost = true;
            throw e;
        } finally {
            writing.unlock();
        }
    }

    boolean isSilent() {
        return silent;
    }

    void silence() {
        silent = true;
    }

    /** Sends a FIN; reading is still possible. */
    void end() {
        ended = true;
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // closed already
        }
    }

    /** Reads and discards the rest. */
    void drain() {
        byte[] dropped = new byte[65_536];
        try {
            int count;
            do {
                count = in.read(dropped);
            } while (count >= 0);
        } catch (IOException e) {
            // this is an end, too
        }
    }

    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
        close();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed already
        }
    }
}
