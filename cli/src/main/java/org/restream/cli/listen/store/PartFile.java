package org.restream.cli.listen.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * An incomplete file under a hidden name. It is deleted when it is closed. The process that writes it holds a lock on
 * it, which the system releases when that process dies, however it dies. So a leftover can be distinguished from a file
 * that is being written.
 */
public final class PartFile implements Closeable {
    private static final String PATTERN = ".restream-*.part";
    private static final FileAttribute<?>[] OWNER_ONLY = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private final Path path;
    private final FileChannel channel;

    private PartFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static PartFile create(Path folder) throws IOException {
        return create(folder, new FileAttribute<?>[0]);
    }

    /** Creates a file that nobody else can read, for a folder that many can. */
    public static PartFile createPrivate(Path folder) throws IOException {
        boolean hasOwners = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return create(folder, hasOwners ? OWNER_ONLY : new FileAttribute<?>[0]);
    }

    /** A second name for a file that is already on the disk; its only name if the file system has no links. */
    static PartFile of(Path whole, Path folder) throws IOException {
        Path path = hiddenName(folder);
        try {
            Files.createLink(path, whole);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(whole, path);
        }
        PartFile file = new PartFile(path, FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.READ));
        file.lock();
        return file;
    }

    private static Path hiddenName(Path folder) {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return folder.resolve(PATTERN.replace("*", random));
    }

    private static PartFile create(Path folder, FileAttribute<?>[] attributes) throws IOException {
        while (true) {
            Path path = hiddenName(folder);
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
                    attributes);
            PartFile file = new PartFile(path, channel);
            if (file.lock()) {
                return file;
            }
            file.close();
        }
    }

    /** Locks the file; false if another process has removed it as a leftover before it was locked. */
    private boolean lock() throws IOException {
        try {
            return tryLock(channel) != null && Files.exists(path);
        } catch (IOException e) {
            if (!channel.isOpen()) {
                close();
                throw e;
            }
            // this file system has no locks, so nobody removes files as leftovers either
            return true;
        }
    }

    public Path path() {
        return path;
    }

    public void write(byte[] bytes, int length) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Returns when the content is on disk. */
    void sync() throws IOException {
        channel.force(true);
    }

    /** Whether this is a name of the same file. */
    boolean isNamed(Path name) throws IOException {
        return Files.isRegularFile(name, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(name, path);
    }

    /** Gives the file this name, atomically; false if the name exists. */
    boolean link(Path name) throws IOException {
        try {
            Files.createLink(name, path);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return moveWithoutLinks(name);
        }
    }

    /**
     * For file systems without hard links: checks, then moves. Other requests of this process wait meanwhile, other
     * processes don't.
     */
    private boolean moveWithoutLinks(Path name) throws IOException {
        try {
            Files.move(path, name);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Removes the name again. */
    void unlink(Path name) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.delete(name);
        } else {
            Files.move(name, path);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        }
    }

    /**
     * Removes the part files that killed processes have left in the folder.
     *
     * @return their names
     */
    public static List<String> removeLeftovers(Path folder) throws IOException {
        List<String> removed = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, PATTERN)) {
            for (Path part : parts) {
                if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) && removeLeftover(part)) {
                    removed.add(part.getFileName().toString());
                }
            }
        }
        return removed;
    }

    private static boolean removeLeftover(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (tryLock(channel) != null) {
                return Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            // its writer has just finished
        } catch (IOException e) {
            // it can't be locked, or is not ours: leave it, because a process may be writing it
        }
        return false;
    }

    /** Whether the process that created this file has not closed it yet, whatever its name is by now. */
    static boolean isHeld(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return tryLock(channel) == null;
        } catch (IOException e) {
            // it is gone, not ours, or on a file system without locks: nothing shows that a process is writing it
            return false;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
