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
 * What is at a name in the folder of {@code --output}, as it was last seen: a stored body, its digest once that is known, and
 * the digest of the header beside it. While size, time and inode are the same the file is taken to be, and not read again.
 */
final class SeenFile {
    /** Reads a whole file. */
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

    /** What is there now; nothing is read of it yet. */
    static SeenFile at(Path file, Path beside) {
        return new SeenFile(file, beside);
    }

    /** What has just been put there. */
    static SeenFile stored(Path file, Path beside, Digest digest, Digest header) {
        SeenFile stored = new SeenFile(file, beside);
        stored.digest = digest;
        stored.header = header;
        stored.hashed = true;
        return stored;
    }

    /** Null for what is no file, is not there, or can't be looked at. */
    private static @Nullable Identity identity(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile() ? new Identity(now.size(), now.lastModifiedTime(), now.fileKey()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Whether it is a file of that size. */
    boolean isOfSize(long size) {
        return identity != null && identity.size == size;
    }

    /** Whether that file is still there, and not another one or a changed one. */
    boolean isStillThere() {
        return identity != null && identity.equals(identity(file));
    }

    /** Whether what was known of another view of this name holds for this one. */
    boolean isSameAs(@Nullable SeenFile other) {
        return other != null && identity != null && identity.equals(other.identity);
    }

    boolean isHashed() {
        return hashed;
    }

    /** Whether it has these bytes, as far as is known. */
    boolean has(Digest body) {
        return body.equals(digest);
    }

    /** Reads it, unless it has been read; whoever comes meanwhile waits. One that can't be read is like no other. */
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
            // not ours to read, or gone: the body gets a name of its own
            hashed = true;
        } finally {
            hashing.unlock();
        }
    }

    /** Whether the header beside it is this one, or is not there yet. */
    boolean mayHaveHeader(byte[] line, Digest ofLine) throws IOException {
        if (header == null && Files.exists(beside, LinkOption.NOFOLLOW_LINKS)) {
            Identity its = identity(beside);
            boolean isLikely = its != null && its.size == line.length;
            header = isLikely ? Digest.of(Files.readAllBytes(beside)) : new Digest(-1, "");
        }
        return header == null || header.equals(ofLine);
    }
}
