package org.restream.files;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FolderStore} does to the disk. No interrupt breaks off any of it: a server that closes interrupts its handlers, and
 * they have to write down how far they have come.
 */
class Disk {
    /** A file that is written at its end. */
    static final class Data implements Closeable {
        private final RandomAccessFile file;

        Data(RandomAccessFile file) {
            this.file = file;
        }

        void append(ByteBuffer bytes) throws IOException {
            if (bytes.hasArray()) {
                file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
                bytes.position(bytes.limit());
            } else {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                file.write(copy);
            }
        }

        /** Where the next byte goes, which is how many have been written. */
        long position() throws IOException {
            return file.getFilePointer();
        }

        /** Cuts off what somebody else may have written behind it, before he found out that it is no longer his. */
        void cut() throws IOException {
            if (file.length() > position()) {
                file.setLength(position());
            }
        }

        void sync() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Opens a file, which is made where it is not there, and cuts off what is behind the size. */
    Data open(Path file, long size) throws IOException {
        RandomAccessFile opened;
        try {
            opened = new RandomAccessFile(file.toFile(), "rw");
        } catch (FileNotFoundException e) {
            throw unopened(file, e);
        }
        try {
            if (opened.length() > size) {
                opened.setLength(size);
            }
            opened.seek(size);
            return new Data(opened);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Its own message has the path, which is not for the client. */
    private static IOException unopened(Path file, FileNotFoundException cause) {
        FileSystemException known = new FileSystemException(file.toString(), null, "a file can't be opened");
        known.initCause(cause);
        return known;
    }

    void append(Data data, ByteBuffer bytes) throws IOException {
        data.append(bytes);
    }

    void sync(Data data) throws IOException {
        data.sync();
    }

    /** Replaces a small file in one step: whatever happens, the old text is there or the new one. */
    void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileOutputStream out = new FileOutputStream(next.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (FileNotFoundException e) {
            throw unopened(next, e);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The text of a small file; null where there is none. */
    @Nullable
    String read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw e;
            }
            return null;
        }
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Makes the names in a folder durable. Not every system can. */
    void syncFolder(Path folder) {
        boolean interrupted = false;
        while (!syncedFolder(folder)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether no interrupt has broken it off. */
    private static boolean syncedFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        } catch (IOException e) {
            // the files themselves are on the disk
            return true;
        }
    }

    /** How many bytes fit. */
    long space(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
