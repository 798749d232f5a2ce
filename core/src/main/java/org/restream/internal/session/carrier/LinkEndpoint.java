package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Endpoint;

/** The bytes of an exchange of a session, and who waits for them. Under the session's lock. */
final class LinkEndpoint implements Endpoint {
    /** A writer that waits goes on with so much room, which comes: as little unacknowledged as this is acknowledged in time. */
    private static final int ENOUGH_ROOM = 16 * 1024;

    private final SendBuffer out = new SendBuffer();
    private final ReceiveBuffer in = new ReceiveBuffer();
    private final SessionLink link;
    private final Channel channel;
    private final LinkEnd end;
    private final SharedSession shared;
    private @Nullable Waiter reader;
    private @Nullable Waiter writer;
    private long deadlineNanos;

    LinkEndpoint(SessionLink link, Channel channel, LinkEnd end, SharedSession shared) {
        this.link = link;
        this.channel = channel;
        this.end = end;
        this.shared = shared;
    }

    /** What was written. */
    SendBuffer out() {
        return out;
    }

    /** What has come and was not read. */
    ReceiveBuffer in() {
        return in;
    }

    /** The calling thread waits for bytes of the peer's, which go there. */
    Waiter readerWaits(ByteBuffer into) {
        Waiter waiter = new Waiter();
        reader = waiter;
        in.await(into);
        return waiter;
    }

    /** The calling thread waits until it may write more. */
    Waiter writerWaits() {
        Waiter waiter = new Waiter();
        writer = waiter;
        return waiter;
    }

    /** It waits no more. */
    void stopWaiting(Waiter waiter) {
        if (reader == waiter) {
            reader = null;
            in.stopWaiting();
        } else if (writer == waiter) {
            writer = null;
        }
    }

    void deadline(long nanoTime) {
        deadlineNanos = nanoTime;
        channel.timed();
    }

    /** The time left, for the first frame; at least 1. */
    int millisLeft() {
        long left = (deadlineNanos - shared.timer().nanoTime()) / 1_000_000;
        return (int) Math.max(1, Math.min(left, Integer.MAX_VALUE));
    }

    @Override
    public void receive(ByteBuffer bytes) {
        shared.links().progressed(bytes.remaining());
        in.append(bytes);
    }

    @Override
    public boolean matches(int crc) {
        return in.crc() == crc;
    }

    @Override
    public void release(long offset) {
        shared.links().progressed(out.release(offset));
    }

    @Override
    public void changed() {
        if (reader != null && (!in.isEmpty() || channel.hasPeerEnded() || end.isOver())) {
            reader.call(shared.lock().wakes());
            reader = null;
        }
        wakeWriter();
        end.tellCut();
    }

    /** Bytes have been sent, or the like: there may be room for more. */
    void wakeWriter() {
        if (writer != null && (channel.room() >= ENOUGH_ROOM || end.isOver())) {
            writer.call(shared.lock().wakes());
            writer = null;
        }
    }

    @Override
    public void settled() {
        shared.links().progressed(1);
        shared.forget(link);
        end.settled();
    }
}
