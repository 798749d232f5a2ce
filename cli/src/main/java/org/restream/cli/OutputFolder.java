package org.restream.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.restream.Header;

/**
 * The folder of {@code --output}. A body gets its name when it is whole and on the disk; its header is beside it, and never
 * there without it. Nothing is replaced unasked, and no symbolic link at a name is followed.
 */
final class OutputFolder {
    /** What a request became. {@code duplicate}: it had been stored before, by an exchange whose answer was lost. */
    record Stored(String name, Digest digest, boolean duplicate) {}

    private static final int MOST_NUMBERS = 100_000;

    private final Path folder;
    private final boolean overwrite;
    private final ReentrantLock turn = new ReentrantLock();

    OutputFolder(Path folder, boolean overwrite) {
        this.folder = folder;
        this.overwrite = overwrite;
    }

    PartFile newPart() throws IOException {
        return PartFile.create(folder);
    }

    /**
     * Gives a body its name.
     *
     * @param body written, and closed by the caller
     * @param wanted a safe name; another with a number in it is taken where that is in use for something else
     */
    Stored store(PartFile body, Digest digest, Header header, String wanted) throws IOException, InterruptedException {
        byte[] headerLine = (header + "\n").getBytes(StandardCharsets.UTF_8);
        body.sync();
        turn.lockInterruptibly();
        try (PartFile beside = PartFile.create(folder)) {
            beside.write(headerLine, headerLine.length);
            beside.sync();
            for (int n = 1; n <= MOST_NUMBERS; n++) {
                Place place = new Place(FileName.numbered(wanted, n));
                if (!overwrite && place.holds(digest, headerLine)) {
                    if (!exists(place.beside)) {
                        link(beside, place.beside);
                    }
                    sync();
                    return new Stored(place.name, digest, true);
                }
                if (overwrite ? place.replaceWith(body, beside) : place.take(body, beside)) {
                    sync();
                    return new Stored(place.name, digest, false);
                }
            }
            throw new IOException("no name is free: " + wanted + " and " + MOST_NUMBERS + " with a number are taken");
        } finally {
            turn.unlock();
        }
    }

    /** A name, with the name of the header beside it. */
    private final class Place {
        final String name;
        final Path file;
        final Path beside;

        Place(String name) {
            this.name = name;
            file = folder.resolve(name);
            beside = folder.resolve(name + ".json");
        }

        /** Whether this very request is there already; a process may have died before it had stored the header too. */
        boolean holds(Digest digest, byte[] headerLine) throws IOException {
            if (!isFileOf(file, digest.size()) || !digest.isOf(file)) {
                return false;
            }
            return !exists(beside)
                    || (isFileOf(beside, headerLine.length) && Arrays.equals(Files.readAllBytes(beside), headerLine));
        }

        boolean take(PartFile body, PartFile header) throws IOException {
            if (exists(file) || exists(beside) || !link(body, file)) {
                return false;
            }
            if (!link(header, beside)) {
                // another process was quicker
                Files.delete(file);
                return false;
            }
            return true;
        }

        /** Not where the name is that of a header, or the header's name is that of a body. */
        boolean replaceWith(PartFile body, PartFile header) throws IOException {
            boolean isHeader = name.endsWith(".json") && exists(folder.resolve(name.substring(0, name.length() - 5)));
            if (isHeader || (exists(beside) && !exists(file))) {
                return false;
            }
            Files.move(body.path(), file, StandardCopyOption.ATOMIC_MOVE);
            Files.move(header.path(), beside, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    /** Gives a file its name, in one step, unless that is taken. */
    private static boolean link(PartFile part, Path name) throws IOException {
        try {
            Files.createLink(name, part.path());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return moveWithoutLinks(part, name);
        }
    }

    /** For file systems without links: looks, then moves. Other requests of this process wait; another process may not. */
    private static boolean moveWithoutLinks(PartFile part, Path name) throws IOException {
        try {
            Files.move(part.path(), name);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFileOf(Path path, long size) throws IOException {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == size;
    }

    /** The folder's entries too. Not every system can. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // the file itself is on the disk
        }
    }
}
