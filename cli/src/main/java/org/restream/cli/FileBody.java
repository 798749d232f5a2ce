package org.restream.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.restream.Outgoing;

/** A regular file. The kernel copies it, unless somebody watches the progress: that can only be told piece by piece. */
final class FileBody implements Body {
    private static final int PIECE = 256 * 1024;

    private final Path file;
    private final boolean watched;

    FileBody(Path file, boolean watched) {
        this.file = file;
        this.watched = watched;
    }

    @Override
    public long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void sendTo(Outgoing req, LongConsumer sent, BooleanSupplier over) throws IOException {
        if (!watched) {
            sent.accept(req.transferFrom(file));
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
            for (int count = channel.read(piece); count >= 0 && !over.getAsBoolean(); count = channel.read(piece)) {
                req.write(piece.flip());
                sent.accept(count);
                piece.clear();
            }
        }
    }

    @Override
    public void wake() {}

    @Override
    public boolean canBeSentAgain() {
        return true;
    }

    @Override
    public void close() {}
}
