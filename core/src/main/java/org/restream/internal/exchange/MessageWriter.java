package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.Header;
import org.restream.internal.link.Link;
import org.restream.internal.wire.HeaderWriter;

/** Writes our message to the link: its header, then its body, in calls that are worth it. One thread at a time is at it. */
final class MessageWriter {
    private final Link link;
    private final WriteBuffer buffer = new WriteBuffer();
    private final AtomicLong sent = new AtomicLong();

    MessageWriter(Link link) {
        this.link = link;
    }

    void header(Header header) throws IOException {
        put(ByteBuffer.wrap(HeaderWriter.bytes(header)));
    }

    void body(ByteBuffer bytes) throws IOException {
        int before = bytes.remaining();
        try {
            put(bytes);
        } finally {
            sent.addAndGet(before - bytes.remaining());
        }
    }

    /** Into the buffer, and past it what is larger. A buffer that holds something is filled up before it is sent. */
    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (buffer.isEmpty() && bytes.remaining() >= WriteBuffer.MOST) {
                send(bytes);
            } else {
                buffer.take(bytes);
                if (buffer.isFull()) {
                    flush();
                }
            }
        }
    }

    void flush() throws IOException {
        send(buffer.filled());
        buffer.clear();
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            link.write(bytes);
        }
    }

    /** As {@link Link#transferFrom}; what is buffered must have been flushed. */
    void transferFrom(FileChannel file, long position, long count) throws IOException {
        sent.addAndGet(link.transferFrom(file, position, count));
    }

    /** All of the buffer, past our own, which must have been flushed. */
    void direct(ByteBuffer bytes) throws IOException {
        int before = bytes.remaining();
        try {
            send(bytes);
        } finally {
            sent.addAndGet(before - bytes.remaining());
        }
    }

    void finish() throws IOException {
        flush();
        link.finish();
    }

    /** Body bytes so far, those in the buffer included. */
    long sent() {
        return sent.get();
    }
}
