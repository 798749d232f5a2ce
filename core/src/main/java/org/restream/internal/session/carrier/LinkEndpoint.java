package org.restream.internal.session.carrier;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Endpoint;

/** The bytes of an exchange of a session, and who waits for them. Under the session's lock. */
final class LinkEndpoint implements Endpoint {
    private final SendBuffer out = new SendBuffer();
    private final ReceiveBuffer in = new ReceiveBuffer();
    private final SessionLink link;
    private final LinkEnd end;
    private final SharedSession shared;
    private @Nullable Thread reader;
    private @Nullable Thread writer;
    private long deadlineNanos;

    LinkEndpoint(SessionLink link, LinkEnd end, SharedSession shared) {
        this.link = link;
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

    /** The calling thread waits for bytes of the peer's. */
    void readerWaits() {
        reader = Thread.currentThread();
    }

    /** The calling thread waits until it may write more. */
    void writerWaits() {
        writer = Thread.currentThread();
    }

    void deadline(long nanoTime) {
        deadlineNanos = nanoTime;
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
        Wakes wakes = shared.lock().wakes();
        if (reader != null) {
            wakes.wake(reader);
            reader = null;
        }
        if (writer != null) {
            wakes.wake(writer);
            writer = null;
        }
        end.tellCut();
    }

    @Override
    public void settled() {
        shared.links().progressed(1);
        shared.forget(link);
        end.settled();
    }
}
