package org.restream.cli.listen.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.Digest;

/**
 * The folder of {@code --output}. A body gets its name when it is whole and on disk. Its header is beside it, and never
 * there without it. Nothing is replaced by default, and symbolic links are never followed. Requests arrive
 * concurrently; they exclude each other only while one looks for a free name and takes it, never while it writes or
 * reads a file.
 */
public final class OutputFolder {
    /** Where a request was stored. {@code duplicate}: by an earlier exchange, whose answer was lost. */
    public record Stored(String name, Digest digest, boolean duplicate) {
        /** The fields for the answer and the log. */
        public Map<String, Object> toMap() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("name", name);
            fields.put("size", digest.size());
            fields.put("sha256", digest.sha256());
            if (duplicate) {
                fields.put("duplicate", true);
            }
            return fields;
        }
    }

    /** A request that is on disk, and has no name yet. */
    private record Request(PartFile body, Digest digest, PartFile header, byte[] headerLine, Digest headerDigest) {}

    private static final int MOST_NUMBERS = 100_000;
    private static final int REMEMBERED = 10_000;

    private final Path folder;
    private final boolean overwrite;
    private final SeenFile.Hasher hasher;
    private final ReentrantLock turn = new ReentrantLock();
    /** Guarded by {@code turn}. */
    private final SeenFiles seen;

    public OutputFolder(Path folder, boolean overwrite) {
        this(folder, overwrite, Digest::of, REMEMBERED);
    }

    public OutputFolder(Path folder, boolean overwrite, SeenFile.Hasher hasher, int remembered) {
        this.folder = folder;
        this.overwrite = overwrite;
        this.hasher = hasher;
        seen = new SeenFiles(folder, remembered);
    }

    public PartFile newPart() throws IOException {
        return PartFile.create(folder);
    }

    /**
     * Gives a body its name.
     *
     * @param body is complete; the caller closes it
     * @param wanted a safe name; if it is in use for something else, the body gets a name with a number
     */
    public Stored store(PartFile body, Digest digest, Header header, String wanted)
            throws IOException, InterruptedException {
        byte[] line = (header + "\n").getBytes(StandardCharsets.UTF_8);
        body.sync();
        try (PartFile beside = PartFile.create(folder)) {
            beside.write(line, line.length);
            beside.sync();
            Request request = new Request(body, digest, beside, line, Digest.of(line));
            Stored stored = overwrite ? replace(request, wanted) : add(request, wanted);
            sync();
            return stored;
        }
    }

    private Stored add(Request request, String wanted) throws IOException, InterruptedException {
        while (true) {
            SeenFile unread;
            turn.lockInterruptibly();
            try {
                SeenFiles.Row row = seen.row(wanted);
                SeenFile candidate = candidate(row, request);
                if (candidate == null) {
                    return take(row, request);
                }
                if (candidate.has(request.digest)) {
                    return repeated(candidate, request);
                }
                unread = candidate;
            } finally {
                turn.unlock();
            }
            unread.hash(hasher);
        }
    }

    /** The file in which this very request may be stored already; it has to be read to find out. */
    private static @Nullable SeenFile candidate(SeenFiles.Row row, Request request) throws IOException {
        for (int i = 0; i < row.members().size(); i++) {
            SeenFile file = row.members().get(i);
            if (file.has(request.digest) && !file.isStillThere()) {
                file = row.lookAgain(i);
            }
            boolean mayBe = !file.isHashed() || file.has(request.digest);
            if (mayBe
                    && file.isOfSize(request.digest.size())
                    && file.mayHaveHeader(request.headerLine, request.headerDigest)
                    && !isBeingStored(file)) {
                return file;
            }
        }
        return null;
    }

    /**
     * Whether another process has named this body and is about to write its header. If that process dies, this becomes
     * false.
     */
    private static boolean isBeingStored(SeenFile file) {
        return !exists(file.beside) && PartFile.isHeld(file.file);
    }

    private Stored repeated(SeenFile same, Request request) throws IOException {
        if (!exists(same.beside)) {
            request.header.link(same.beside);
        }
        return new Stored(name(same.file), request.digest, true);
    }

    private Stored take(SeenFiles.Row row, Request request) throws IOException {
        for (int n = row.free(); n <= MOST_NUMBERS; n++) {
            Path file = row.file(n);
            Path beside = row.beside(n);
            if (take(file, beside, request)) {
                if (n == row.free()) {
                    row.add(SeenFile.stored(file, beside, request.digest, request.headerDigest));
                }
                return new Stored(name(file), request.digest, false);
            }
        }
        throw noNameFree(name(row.file(1)));
    }

    private static boolean take(Path file, Path beside, Request request) throws IOException {
        if (exists(file) || exists(beside) || !request.body.link(file)) {
            return false;
        }
        boolean whole = false;
        try {
            whole = request.header.link(beside);
        } finally {
            if (!whole) {
                // another process was quicker, or the disk is full
                request.body.unlink(file);
            }
        }
        return whole;
    }

    private Stored replace(Request request, String wanted) throws IOException, InterruptedException {
        turn.lockInterruptibly();
        try {
            for (int n = 1; n <= MOST_NUMBERS; n++) {
                String name = FileName.numbered(wanted, n);
                if (isReplaceable(name)) {
                    move(request.body, folder.resolve(name));
                    move(request.header, folder.resolve(name + ".json"));
                    return new Stored(name, request.digest, false);
                }
            }
            throw noNameFree(wanted);
        } finally {
            turn.unlock();
        }
    }

    /** Whether both names may be replaced: not if one belongs to a header, or the header's to a body. */
    private boolean isReplaceable(String name) {
        boolean isHeader = name.endsWith(".json") && exists(folder.resolve(name.substring(0, name.length() - 5)));
        return !isHeader && (exists(folder.resolve(name)) || !exists(folder.resolve(name + ".json")));
    }

    private static void move(PartFile part, Path name) throws IOException {
        Files.move(part.path(), name, StandardCopyOption.ATOMIC_MOVE);
    }

    private static IOException noNameFree(String wanted) {
        return new IOException("no name is free: " + wanted + " and " + MOST_NUMBERS + " with a number are taken");
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** Syncs the folder's entries, which not every system can. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // the file itself is on disk
        }
    }
}
