package org.restream.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.restream.internal.concurrent.Threads;

/** The other end of a {@link TestLink}: sends and receives bytes, and does not know about messages. */
public final class PipePeer {
    private final TestLink link;

    public PipePeer(TestLink link) {
        this.link = link;
    }

    /** Ends both directions at once. */
    public void cut() {
        link.cut();
    }

    /** Reads no more: writes of the other end fail, and what was said can still be heard. */
    public void stopReading() {
        link.stopReading();
    }

    public PipePeer say(String text) {
        return say(text.getBytes(StandardCharsets.UTF_8));
    }

    public PipePeer say(byte[] bytes) {
        try {
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                link.write(left);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PipePeer finish() {
        try {
            link.finish();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives this many bytes. */
    public String hear(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (link.read(bytes) < 0) {
                throw new IOException("the end, after " + bytes.position() + " bytes, not after " + count);
            }
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** Receives everything up to the clean end. */
    public byte[] hearAllBytes() throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(8 * 1024);
        while (link.read(piece.clear()) >= 0) {
            heard.write(piece.array(), 0, piece.position());
        }
        return heard.toByteArray();
    }

    public String hearAll() throws IOException {
        return new String(hearAllBytes(), StandardCharsets.UTF_8);
    }

    /** Receives on a thread of its own. */
    public CompletableFuture<byte[]> hearAllSoon() {
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        Threads.start("peer-hears", () -> {
            try {
                heard.complete(hearAllBytes());
            } catch (Throwable e) {
                heard.completeExceptionally(e);
            }
        });
        return heard;
    }

    /** Sends this on a thread of its own, and ends; stops if the other end accepts no more. */
    public void saySoon(byte[] bytes) {
        Threads.start("peer-says", () -> {
            try {
                say(bytes).finish();
            } catch (UncheckedIOException e) {
                // the other end has closed, which is allowed
            }
        });
    }
}
