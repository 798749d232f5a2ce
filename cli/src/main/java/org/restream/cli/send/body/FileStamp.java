package org.restream.cli.send.body;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Identity, size and modification time of a file, to find out whether it has changed.
 *
 * @param key identifies the file, whatever its name; null if the system has no such key
 * @param size its size in bytes
 * @param written when it was last written to
 */
record FileStamp(@Nullable Object key, long size, FileTime written) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }

    boolean isOfSameFile(FileStamp other) {
        return Objects.equals(key, other.key);
    }

    FileStamp withSize(long other) {
        return new FileStamp(key, other, written);
    }

    /**
     * The same file as it is now. It is open, so it may have lost its name, or another file may have it.
     *
     * @return null if only its name could lead to it
     */
    @Nullable
    FileStamp now(Path name) throws IOException {
        try {
            FileStamp named = of(name);
            if (named.isOfSameFile(this)) {
                return named;
            }
        } catch (NoSuchFileException e) {
            // removed; the open file still exists
        }
        return Files.isDirectory(DESCRIPTORS) ? amongOpen() : null;
    }

    private @Nullable FileStamp amongOpen() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : all) {
                FileStamp stamp = ofOpen(descriptor);
                if (stamp != null && stamp.isOfSameFile(this)) {
                    return stamp;
                }
            }
        }
        return null;
    }

    private static @Nullable FileStamp ofOpen(Path descriptor) {
        try {
            return of(descriptor);
        } catch (IOException e) {
            // closed meanwhile by another thread, so it is not ours
            return null;
        }
    }
}
