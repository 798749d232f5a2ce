package org.restream.cli.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;
import org.restream.cli.command.Digest;

/** A connection that accepts everything, and records how much that was and how it ended. */
public class FakeOutgoing extends Outgoing {
    private final Digest.Builder digest = new Digest.Builder();
    private boolean ended;
    private boolean aborted;

    /** The size and SHA-256 of what was written. Call it once, at the end. */
    public Digest written() {
        return digest.build();
    }

    public boolean ended() {
        return ended;
    }

    public boolean aborted() {
        return aborted;
    }

    @Override
    public Outgoing header(Map<String, ?> fields) {
        return this;
    }

    @Override
    public Outgoing header(String name, @Nullable Object value) {
        return this;
    }

    @Override
    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        digest.add(copy, copy.length);
    }

    @Override
    public void flush() throws IOException {}

    @Override
    public void end() throws IOException {
        ended = true;
    }

    @Override
    public long transferFrom(Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public Outgoing keepOpen() {
        return this;
    }
}
