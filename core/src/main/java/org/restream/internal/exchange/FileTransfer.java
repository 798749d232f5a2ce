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
 * Sends a file, or a part of it, as a part of the body. Of a regular file, exactly as many bytes are sent as its size at
 * the start says, or it is an error. If the system reports a wrong size, as for most files in /proc and /sys, the file
 * is read to its end.
 */
final class FileTransfer implements Closeable {
    /** As many bytes as there are; no file has so many. */
    static final long ALL = Long.MAX_VALUE;

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
    private final long count;
    /** Where the part ends, 0 where nothing says that. */
    private final long end;

    private @Nullable ByteBuffer buffer;
    private long sent;

    private FileTransfer(Path file, ReadableByteChannel in, @Nullable FileChannel channel, long from, long count)
            throws IOException {
        this.file = file;
        this.in = in;
        this.channel = channel;
        this.from = from;
        this.count = count;
        long size = channel == null ? 0 : channel.size();
        if (size > 0 && from > size) {
            throw new IOException(file + " has " + size + " bytes: there is none at " + from);
        }
        if (size > 0 && count != ALL && count > size - from) {
            throw new IOException(file + " has " + size + " bytes: there are no " + count + " from " + from + " on");
        }
        end = size == 0 || count == ALL ? size : from + count;
    }

    /**
     * Opens the file.
     *
     * @param from the position of the first byte to send
     * @param count the number of bytes to send; {@link #ALL} for the rest
     */
    static FileTransfer open(Path file, long from, long count) throws IOException {
        if (from < 0) {
            throw new IllegalArgumentException("the position in a file must be 0 or more, not " + from);
        }
        if (count < 0) {
            throw new IllegalArgumentException("the number of bytes must be 0 or more, not " + count);
        }
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
            FileTransfer opened = new FileTransfer(file, in, Files.isRegularFile(file) ? channel : null, from, count);
            opened.skip();
            return opened;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private void skip() throws IOException {
        if (channel != null) {
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
        if (channel == null || end == 0) {
            readToEnd(sender);
            return;
        }
        while (from + sent < end) {
            long position = from + sent;
            long moved = sender.send(writer -> writer.transferFrom(channel, position, end - position));
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
        piece.limit((int) Math.min(piece.capacity(), end - position));
        if (channel.read(piece, position) <= 0) {
            return false;
        }
        sent += sender.send(writer -> writer.direct(piece.flip()));
        return true;
    }

    /** Checks a file that has ended before its size. If the size is still the same, the system reports a wrong one. */
    private void checkEnd(FileChannel channel) throws IOException {
        if (channel.size() != end || count != ALL) {
            throw new IOException(
                    file + " shrank while it was sent: it ends after " + (from + sent) + " bytes, not after " + end);
        }
    }

    private void readToEnd(Sender sender) throws IOException {
        ByteBuffer piece = buffer();
        while (sent < count && in.read(piece.limit((int) Math.min(piece.capacity(), count - sent))) >= 0) {
            sent += sender.send(writer -> writer.direct(piece.flip()));
            piece.clear();
        }
        if (count != ALL && sent < count) {
            throw new IOException(file + " ends " + sent + " bytes after " + from + ": there are no " + count);
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
