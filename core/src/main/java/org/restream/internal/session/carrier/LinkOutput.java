package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.restream.internal.session.Channel;

/** Our message in one exchange of a session, as its writer sees it. */
final class LinkOutput {
    /** The most that one call takes under the session's lock. */
    private static final int MAX_BYTES = 64 * 1024;

    private final SessionLink link;
    private final Channel channel;
    private final LinkEnd end;
    private final LinkEndpoint endpoint;

    LinkOutput(SessionLink link, Channel channel, LinkEnd end, LinkEndpoint endpoint) {
        this.link = link;
        this.channel = channel;
        this.end = end;
        this.endpoint = endpoint;
    }

    /** Takes at least one byte; or, where they are the last ones, all of them and the end. Waits until it can. */
    void put(ByteBuffer from, boolean last) throws IOException {
        // a flag that the caller's thread already has means something of its own
        boolean interrupted = Thread.interrupted();
        try {
            boolean goesOn;
            do {
                boolean took = tryPut(from, last);
                if (!took) {
                    link.await();
                }
                goesOn = !took || (last && from.hasRemaining());
            } while (goesOn);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean tryPut(ByteBuffer from, boolean last) throws IOException {
        SessionLock lock = link.shared().lock();
        lock.lock();
        try {
            end.checkWritable();
            int count = (int) Math.min(Math.min(channel.room(), MAX_BYTES), from.remaining());
            if (count <= 0 && from.hasRemaining()) {
                endpoint.writerWaits();
                return false;
            }
            if (count > 0) {
                endpoint.out().append(from, count);
                channel.written(count);
            }
            if (last && !from.hasRemaining()) {
                channel.end();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
