package org.restream.benchmarks.session.threads;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.benchmarks.EachThread;
import org.restream.benchmarks.session.Body;

/**
 * A connection that carries frames, each a number and a body. Any thread may send; one thread writes what there is, and one reads.
 * Nothing limits what waits, and nothing survives.
 */
final class Frames {
    /** About what an exchange of a session has in each direction. */
    private static final int FRAME = 160;

    private static final int MOST = 1 << 20;

    /** Is given each frame that comes, by the thread that reads. */
    interface Receiver {
        void frame(Frames from, int number, byte[] body);

        /** Nothing more has come yet. */
        void pause();
    }

    private final SocketChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private ByteBuffer out = ByteBuffer.allocateDirect(MOST);
    private ByteBuffer spare = ByteBuffer.allocateDirect(MOST);
    private volatile @Nullable Thread waiting;

    Frames(SocketChannel channel, Receiver receiver) throws IOException {
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        EachThread.EXECUTOR.execute(this::write);
        EachThread.EXECUTOR.execute(() -> read(receiver));
    }

    void send(int number, byte[] body) {
        lock.lock();
        try {
            int end = out.position() + FRAME;
            out.putInt(number).put(body).position(end);
        } finally {
            lock.unlock();
        }
        Thread writer = waiting;
        if (writer != null) {
            waiting = null;
            LockSupport.unpark(writer);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // others may have something to send, too
    private void write() {
        try {
            while (true) {
                Thread.yield();
                ByteBuffer ready = taken();
                while (!ready.hasRemaining()) {
                    waiting = Thread.currentThread();
                    ready = taken();
                    if (!ready.hasRemaining()) {
                        LockSupport.park(this);
                    }
                }
                while (ready.hasRemaining()) {
                    channel.write(ready);
                }
            }
        } catch (IOException e) {
            // the other process has ended
        }
    }

    private ByteBuffer taken() {
        lock.lock();
        try {
            ByteBuffer ready = out.flip();
            out = spare.clear();
            spare = ready;
            return ready;
        } finally {
            lock.unlock();
        }
    }

    private void read(Receiver receiver) {
        ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
        try {
            while (channel.read(in) >= 0) {
                in.flip();
                while (in.remaining() >= FRAME) {
                    int end = in.position() + FRAME;
                    byte[] body = new byte[Body.bytes().length];
                    int number = in.getInt();
                    in.get(body).position(end);
                    receiver.frame(this, number, body);
                }
                in.compact();
                receiver.pause();
            }
        } catch (IOException e) {
            // the other process has ended
        }
    }
}
