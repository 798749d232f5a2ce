package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.Channel;

/** Our message in one exchange of a session, as its writer sees it. */
final class LinkOutput {
    /** The most that is put at a time. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int NO_ROOM = -1;

    private final SessionLink link;
    private final Channel channel;
    private final LinkEnd end;
    private final LinkEndpoint endpoint;
    private final SessionLock lock;
    /** The newest, of whoever found no room; the writer's own. */
    private @Nullable Waiter waiter;

    LinkOutput(SessionLink link, Channel channel, LinkEnd end, LinkEndpoint endpoint) {
        this.link = link;
        this.channel = channel;
        this.end = end;
        this.endpoint = endpoint;
        lock = link.shared().lock();
    }

    /** Takes at least one byte; or, where they are the last ones, all of them and the end. Waits until it can. */
    void put(ByteBuffer from, boolean last) throws IOException {
        waiting(() -> putNow(from, last));
    }

    /**
     * Puts bytes of a file, at most as many as there is room for; waits until there is some. Returns how many, 0 if the file gives
     * none at this position.
     */
    int put(FileChannel file, long position, long count) throws IOException {
        int wanted = (int) Math.min(count, MAX_BYTES);
        return waiting(() -> putNow(file, position, wanted));
    }

    private interface Put {
        /** Returns {@link #NO_ROOM}, or what is returned to the writer. */
        int now() throws IOException;
    }

    private int waiting(Put put) throws IOException {
        // a flag that the caller's thread already has means something of its own: only one that comes now ends the wait
        boolean interrupted = Thread.interrupted();
        try {
            int done = put.now();
            while (done == NO_ROOM) {
                link.await(Objects.requireNonNull(waiter));
                done = put.now();
            }
            return done;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private int putNow(ByteBuffer from, boolean last) throws IOException {
        while (tryPut(from, last)) {
            if (!last || !from.hasRemaining()) {
                return 0;
            }
        }
        return NO_ROOM;
    }

    private int putNow(FileChannel file, long position, int wanted) throws IOException {
        int room = room(wanted);
        return room == 0 && wanted > 0 ? NO_ROOM : copy(file, position, room);
    }

    /** A large direct buffer saves the JDK a copy, and nobody holds it while he waits. */
    private int copy(FileChannel file, long position, int count) throws IOException {
        ByteBuffer piece = Buffers.take();
        try {
            int read = readFrom(file, position, piece.limit(count));
            if (read > 0) {
                link(endpoint.out().copied(piece.flip(), read), read);
            }
            return read;
        } finally {
            Buffers.give(piece);
        }
    }

    private static int readFrom(FileChannel file, long position, ByteBuffer into) {
        try {
            return Math.max(0, file.read(into, position));
        } catch (IOException e) {
            // of the file, not of the session: the read that follows reports it
            return 0;
        }
    }

    private void link(Block copied, int count) throws IOException {
        lock.lock();
        try {
            end.checkWritable();
            endpoint.out().link(copied);
            channel.written(count);
        } finally {
            lock.unlock();
        }
    }

    private boolean tryPut(ByteBuffer from, boolean last) throws IOException {
        int count = from.remaining();
        Block copied = null;
        if (count > SessionLock.FEW_BYTES) {
            count = room(count);
            if (count <= 0) {
                return false;
            }
            copied = endpoint.out().copied(from, count);
        }
        lock.lock();
        try {
            end.checkWritable();
            if (copied == null) {
                count = roomLocked(count);
                endpoint.out().append(from, count);
            } else {
                endpoint.out().link(copied);
            }
            if (count > 0) {
                channel.written(count);
            }
            boolean whole = !from.hasRemaining();
            if (last && whole) {
                channel.end();
            }
            return whole || count > 0;
        } finally {
            lock.unlock();
        }
    }

    /** How many of so many bytes may be put: nobody else takes from that. With none the calling thread waits, and is woken then. */
    private int room(int wanted) throws IOException {
        lock.lock();
        try {
            end.checkWritable();
            return roomLocked(wanted);
        } finally {
            lock.unlock();
        }
    }

    private int roomLocked(int wanted) {
        int room = (int) Math.max(0, Math.min(Math.min(channel.room(), MAX_BYTES), wanted));
        if (room == 0 && wanted > 0) {
            waiter = endpoint.writerWaits();
        }
        return room;
    }
}
