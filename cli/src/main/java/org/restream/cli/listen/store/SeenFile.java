package org.restream.cli.listen.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.cli.command.Digest;

/**
 * A file in the folder of {@code --output}, as it was last seen: a stored body, its digest once that is known, and the
 * digest of the header beside it. While size, modification time and inode stay the same, the file counts as unchanged
 * and is not read again.
 */
final class SeenFile {
    /** Computes the digest of a file. */
    @FunctionalInterface
    interface Hasher {
        Digest hash(Path file) throws IOException;
    }

    private record Identity(
            long size, FileTime modified, @Nullable Object key) {}

    final Path file;
    final Path beside;
    private final @Nullable Identity identity;
    private final ReentrantLock hashing = new ReentrantLock();
    private volatile boolean hashed;
    private volatile @Nullable Digest digest;
    private @Nullable Digest header;

    private SeenFile(Path file, Path beside) {
        this.file = file;
        this.beside = beside;
        identity = identity(file);
    }

    /** The file as it is now; its content is not read yet. */
    static SeenFile at(Path file, Path beside) {
        return new SeenFile(file, beside);
    }

    /** A file that has just been stored. */
    static SeenFile stored(Path file, Path beside, Digest digest, Digest header) {
        SeenFile stored = new SeenFile(file, beside);
        stored.digest = digest;
        stored.header = header;
        stored.hashed = true;
        return stored;
    }

    /** Null if it is not a regular file, does not exist, or its attributes can't be read. */
    private static @Nullable Identity identity(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile() ? new Identity(now.size(), now.lastModifiedTime(), now.fileKey()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether the file exists and has that size. */
    boolean isOfSize(long size) {
        return identity != null && identity.size == size;
    }

    /** Whether the file is still there, unchanged and not replaced. */
    boolean isStillThere() {
        return identity != null && identity.equals(identity(file));
    }

    /** Whether what is known about the other snapshot of this name is still true. */
    boolean isSameAs(@Nullable SeenFile other) {
        return other != null && identity != null && identity.equals(other.identity);
    }

    boolean isHashed() {
        return hashed;
    }

    /** Whether it is known to have these bytes. */
    boolean has(Digest body) {
        return body.equals(digest);
    }

    /**
     * Reads the file unless it has been read; other callers wait meanwhile. A file that can't be read equals no other.
     */
    void hash(Hasher hasher) throws IOException, InterruptedException {
        hashing.lockInterruptibly();
        try {
            if (!hashed) {
                digest = hasher.hash(file);
                hashed = true;
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // unreadable or gone: the body gets a name of its own
            hashed = true;
        } finally {
            hashing.unlock();
        }
    }

    /** Whether the header beside it is equal to this one, or does not exist yet. */
    boolean mayHaveHeader(byte[] line, Digest ofLine) throws IOException {
        if (header == null && Files.exists(beside, LinkOption.NOFOLLOW_LINKS)) {
            Identity its = identity(beside);
            boolean isLikely = its != null && its.size == line.length;
            header = isLikely ? Digest.of(Files.readAllBytes(beside)) : new Digest(-1, "");
        }
        return header == null || header.equals(ofLine);
    }
}
