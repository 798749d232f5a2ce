package org.restream.internal.exchange;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file as a part of the body. Of a regular file, exactly as many bytes are sent as its size at the start says,
 * or it is an error. If the system reports a wrong size, as for most files in /proc and /sys, the file is read to its
 * end.
 */
final class FileTransfer implements Closeable {
    private static final int PIECE = 64 * 1024;

    /** Sends a piece, and returns its number of bytes. */
    interface Sender {
        long send(Piece piece) throws IOException;
    }

    /** Some bytes of the file. */
    interface Piece {
        void sendTo(MessageWriter writer) throws IOException;
    }

    private final Path file;
    private final ReadableByteChannel in;
    /** The same file as a channel with positions and a size; null if the file system has none. */
    private final @Nullable FileChannel channel;

    private final long from;
    private final long size;
    private @Nullable ByteBuffer buffer;
    private long sent;

    private FileTransfer(Path file, ReadableByteChannel in, @Nullable FileChannel channel, long from)
            throws IOException {
        this.file = file;
        this.in = in;
        this.channel = channel;
        this.from = from;
        size = channel == null ? 0 : channel.size();
    }

    /**
     * Opens the file.
     *
     * @param from the position of the first byte to send
     */
    static FileTransfer open(Path file, long from) throws IOException {
        FileChannel channel = null;
        ReadableByteChannel in;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            in = channel;
        } catch (UnsupportedOperationException e) {
            // a file system without file channels, such as the JDK's own (jrt)
            in = Channels.newChannel(Files.newInputStream(file));
        }
        try {
            FileTransfer opened = new FileTransfer(file, in, Files.isRegularFile(file) ? channel : null, from);
            opened.skip();
            return opened;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private void skip() throws IOException {
        if (channel != null) {
            if (size > 0 && from > size) {
                throw new IOException(file + " has " + size + " bytes: there is none at " + from);
            }
            channel.position(from);
        } else if (from > 0) {
            InputStream stream = Channels.newInputStream(in);
            stream.skipNBytes(from);
        }
    }

    /** The number of bytes sent so far. */
    long sent() {
        return sent;
    }

    void run(Sender sender) throws IOException {
        if (channel == null || size == 0) {
            readToEnd(sender);
            return;
        }
        while (from + sent < size) {
            long position = from + sent;
            long moved = sender.send(writer -> writer.transferFrom(channel, position, size - position));
            sent += moved;
            if (moved == 0 && !sendPiece(sender, channel, position)) {
                checkEnd(channel);
                return;
            }
        }
    }

    /** Sends a piece by a read and a write, because the kernel did not copy it; false at the end of the file. */
    private boolean sendPiece(Sender sender, FileChannel channel, long position) throws IOException {
        ByteBuffer piece = buffer();
        piece.limit((int) Math.min(piece.capacity(), size - position));
        if (channel.read(piece, position) <= 0) {
            return false;
        }
        sent += sender.send(writer -> writer.direct(piece.flip()));
        return true;
    }

    /** Checks a file that has ended before its size. If the size is still the same, the system reports a wrong one. */
    private void checkEnd(FileChannel channel) throws IOException {
        long now = channel.size();
        if (now != size) {
            throw new IOException(
                    file + " shrank while it was sent: it ends after " + (from + sent) + " bytes, not after " + size);
        }
    }

    private void readToEnd(Sender sender) throws IOException {
        ByteBuffer piece = buffer();
        while (in.read(piece) >= 0) {
            sent += sender.send(writer -> writer.direct(piece.flip()));
            piece.clear();
        }
    }

    private ByteBuffer buffer() {
        ByteBuffer piece = buffer;
        if (piece == null) {
            piece = ByteBuffer.allocate(PIECE);
            buffer = piece;
        }
        return piece.clear();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
