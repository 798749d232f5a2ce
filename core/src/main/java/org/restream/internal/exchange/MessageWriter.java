package org.restream.internal.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import org.restream.internal.link.Link;
import org.restream.internal.wire.HeaderWriter;

/**
 * Writes our message to the link: its header, then its body, in few large calls. Only one thread at a time may write.
 */
final class MessageWriter {
    private final Link link;
    private final WriteBuffer buffer = new WriteBuffer();
    private final Progress progress;

    /** Creates a writer. Its count of body bytes includes those in the buffer. */
    MessageWriter(Link link, Progress progress) {
        this.link = link;
        this.progress = progress;
    }

    /** The values are in the form of {@link org.restream.internal.wire.JsonValues}. */
    void header(Map<String, ?> header) throws IOException {
        put(ByteBuffer.wrap(HeaderWriter.bytes(header)));
    }

    void body(ByteBuffer bytes) throws IOException {
        int before = bytes.remaining();
        try {
            put(bytes);
        } finally {
            progress.sent(before - bytes.remaining());
        }
    }

    /** Puts bytes into the buffer; larger amounts bypass it. A buffer with content is filled up before it is sent. */
    private void put(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (buffer.isEmpty() && bytes.remaining() >= WriteBuffer.MAX_BYTES) {
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

    /** Like {@link Link#transferFrom}; the buffer must have been flushed. */
    void transferFrom(FileChannel file, long position, long count) throws IOException {
        progress.sent(link.transferFrom(file, position, count));
    }

    /** Writes all of these bytes without our buffer, which must have been flushed. */
    void direct(ByteBuffer bytes) throws IOException {
        int before = bytes.remaining();
        try {
            send(bytes);
        } finally {
            progress.sent(before - bytes.remaining());
        }
    }

    void finish() throws IOException {
        link.finish(buffer.filled());
        buffer.clear();
    }
}
