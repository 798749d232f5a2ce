package org.restream.cli.listen;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.restream.Outgoing;
import org.restream.cli.command.SpoolFile;
import org.restream.cli.listen.store.PartFile;

/**
 * The answer of a command, kept until the command has ended well: what is sent can't be taken back. A short one is in memory, a long
 * one in a file that only its owner can read.
 */
final class HeldAnswer implements Closeable {
    static final int IN_MEMORY = 64 * 1024;

    private final LocalTrouble trouble;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable PartFile file;
    private boolean closed;

    HeldAnswer(LocalTrouble trouble) {
        this.trouble = trouble;
    }

    /** Adds what the buffer has, which has an array. On the thread that reads the command's stdout. */
    synchronized void add(ByteBuffer piece) throws IOException {
        if (closed) {
            throw new IOException("nobody wants the answer any more");
        }
        memory.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        if (file != null || memory.size() > IN_MEMORY) {
            spill();
        }
    }

    private void spill() throws IOException {
        if (file == null) {
            file = trouble.storing(() -> PartFile.createPrivate(SpoolFile.folder()));
        }
        trouble.write(file, memory.toByteArray(), memory.size());
        memory.reset();
    }

    synchronized void sendTo(Outgoing res) throws IOException {
        if (file == null) {
            res.write(memory.toByteArray());
        } else {
            res.transferFrom(file.path());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (file != null) {
            file.close();
        }
    }
}
