package org.restream.internal.session.carrier;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Channel;

/** The peer's message in one exchange of a session, as its reader sees it. */
final class LinkReader {
    private final SessionLink link;
    private final Channel channel;
    private final LinkEnd end;
    private final LinkEndpoint endpoint;
    private final SessionLock lock;
    /** All of it was taken. */
    private boolean atEnd;

    LinkReader(SessionLink link, Channel channel, LinkEnd end, LinkEndpoint endpoint) {
        this.link = link;
        this.channel = channel;
        this.end = end;
        this.endpoint = endpoint;
        lock = link.shared().lock();
    }

    boolean isAtEnd() {
        return atEnd;
    }

    @Nullable
    ByteBuffer poll() {
        // without the lock: who does not see what has come reads
        if (endpoint.in().isEmpty() || Thread.currentThread().isInterrupted()) {
            return null;
        }
        return lock.asked(() -> {
            ByteBuffer came = endpoint.in().poll();
            taken(came == null ? 0 : came.remaining());
            return came;
        });
    }

    /** The program has so many bytes more. */
    private void taken(int count) {
        channel.consumed(count);
        atEnd = channel.hasPeerEnded()
                && channel.peerCut() == null
                && endpoint.in().isEmpty();
    }

    int read(ByteBuffer into) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the thread was interrupted before it waited for the peer");
        }
        if (atEnd) {
            return -1;
        }
        while (true) {
            int count;
            Waiter waiter = null;
            lock.lock();
            try {
                count = endpoint.in().take(into);
                if (count > 0 || !into.hasRemaining()) {
                    taken(count);
                } else {
                    end.checkReadable();
                    if (channel.hasPeerEnded()) {
                        return -1;
                    }
                    channel.open();
                    waiter = endpoint.readerWaits(into);
                }
            } finally {
                lock.unlock();
            }
            if (waiter == null) {
                endpoint.in().copyTaken(into);
                return count;
            }
            link.await(waiter);
        }
    }
}
