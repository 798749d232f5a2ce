package org.restream.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

/**
 * Keeps uploads in a folder: under way in {@code .restream/uploads} in it, whole under their names. Several stores, also of several
 * processes and machines, may have the same folder, where its file system has locks. Made with {@link #at}.
 */
public final class FolderStore implements UploadStore {
    static final String PART = ".part";
    static final String RECORD = ".json";

    /** When a client comes again for whose upload there was no room. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Path folder;
    private final Path uploads;
    private final FolderStoreBuilder options;
    private final IdLocks locks;
    private final Set<FolderPart> open = ConcurrentHashMap.newKeySet();

    FolderStore(Path folder, FolderStoreBuilder options) throws IOException {
        this.folder = folder;
        this.options = options;
        uploads = folder.resolve(".restream").resolve("uploads");
        UploadFolder.make(uploads);
        locks = IdLocks.of(uploads);
    }

    /**
     * For a folder, which must be there.
     *
     * @param folder where whole uploads get their names
     * @return what makes the store
     */
    public static FolderStoreBuilder at(Path folder) {
        return new FolderStoreBuilder(Objects.requireNonNull(folder, "folder"));
    }

    @Override
    public Part open(Request request) throws IOException, InterruptedException {
        if (!UploadId.is(request.id())) {
            throw new Refusal("an upload's id is 128 bits as 22 characters of base64url");
        }
        return locks.locked(request.id(), () -> openLocked(request));
    }

    private Part openLocked(Request request) throws IOException, InterruptedException {
        UploadRecord before = kept(request.id());
        if (before != null && !Objects.equals(before.owner(), request.owner())) {
            throw new Refusal("the upload is another client's");
        }
        UploadResult result = before == null ? null : result(request.id(), before);
        if (result != null) {
            return new FinishedPart(result);
        }
        return before == null || before.sha256() != null ? begin(request) : goOn(request, before);
    }

    /** What a whole upload has become; null for one that is not whole. */
    private @Nullable UploadResult result(String id, UploadRecord record) throws IOException, InterruptedException {
        if (record.done() != null) {
            disk().delete(part(id));
            return record.done();
        }
        boolean isWhole = record.sha256() != null && Files.exists(part(id));
        // whoever had it whole has died before it was known to have its name
        return isWhole ? publish(id, record) : null;
    }

    private Part begin(Request request) throws IOException {
        checkRoom(request.size(), 0, true);
        UploadRecord record = UploadRecord.begin(request, options.publisher().name(request.header()), now());
        try {
            record.toJson();
        } catch (IllegalArgumentException e) {
            throw new Refusal("the header can't be kept: " + e.getMessage());
        }
        // not to be written over: it may be the second link of a file that has a name
        disk().delete(part(request.id()));
        return opened(request.id(), record);
    }

    private Part goOn(Request request, UploadRecord before) throws IOException {
        if (before.size() != request.size()) {
            throw new Refusal("the size is not as before: " + text(before.size()) + ", now " + text(request.size()));
        }
        long there = Math.min(before.have(), UploadFolder.sizeOf(part(request.id())));
        checkRoom(request.size(), there, false);
        return opened(request.id(), before.opened(there, now()));
    }

    private static String text(long size) {
        return size < 0 ? "unknown" : size + " bytes";
    }

    private Part opened(String id, UploadRecord record) throws IOException {
        Disk.Data data = disk().open(part(id), record.have());
        try {
            write(id, record);
            FolderPart opened = new FolderPart(this, id, record, data);
            open.add(opened);
            return opened;
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** What is written down of an upload; null where there is none, or it has been kept for long enough. */
    private @Nullable UploadRecord kept(String id) throws IOException {
        UploadRecord record = record(id);
        return record == null || (isExpired(record.changed()) && !isOpen(id)) ? null : record;
    }

    /** Before anything of it is stored. */
    private void checkRoom(long size, long there, boolean begins) throws IOException {
        UploadFolder.Use use = UploadFolder.use(uploads);
        if (begins && use.parts() >= options.maxParts()) {
            throw noRoom(use.parts() + " uploads are under way or kept, and no more may be");
        }
        long missing = size < 0 ? 0 : size - there;
        long promised = open.stream().mapToLong(FolderPart::missing).sum();
        if (options.maxBytes() > 0 && missing > options.maxBytes() - use.bytes() - promised) {
            throw noRoom("uploads may take " + options.maxBytes() + " bytes in all, of which "
                    + (use.bytes() + promised) + " are taken, and this one needs " + missing);
        }
        long space = disk().space(folder);
        if (missing > space) {
            throw noRoom("it needs " + missing + " bytes, and " + space + " are free");
        }
    }

    /** While one grows that has not said its size. */
    void checkGrowth() throws IOException {
        long bytes = options.maxBytes() > 0 ? UploadFolder.use(uploads).bytes() : 0;
        if (bytes > options.maxBytes()) {
            throw noRoom("uploads may take " + options.maxBytes() + " bytes in all");
        }
    }

    private static Refusal noRoom(String why) {
        return new Refusal("there is no room: " + why, RETRY_AFTER);
    }

    @Override
    public void clean() throws IOException, InterruptedException {
        for (FolderPart part : open) {
            part.touch();
        }
        new FolderCleaner(this, uploads, options).clean();
    }

    boolean isExpired(Instant changed) {
        return changed.plus(options.keep()).isBefore(now());
    }

    boolean isOpen(String id) {
        return open.stream().anyMatch(part -> part.id().equals(id));
    }

    void closed(FolderPart part) {
        open.remove(part);
    }

    Path part(String id) {
        return uploads.resolve(id + PART);
    }

    @Nullable
    UploadRecord record(String id) throws IOException {
        String json = disk().read(uploads.resolve(id + RECORD));
        return json == null ? null : UploadRecord.parse(json);
    }

    void write(String id, UploadRecord record) throws IOException {
        disk().replace(uploads.resolve(id + RECORD), record.toJson());
    }

    /** All of it; the lock is held. */
    void remove(String id) throws IOException {
        disk().delete(part(id));
        disk().delete(uploads.resolve(id + RECORD));
    }

    /** Gives a whole upload its name, and remembers what it has become; the lock is held. */
    UploadResult publish(String id, UploadRecord whole) throws IOException, InterruptedException {
        String sha256 = Objects.requireNonNull(whole.sha256());
        String name = options.publisher()
                .publish(new Publisher.Whole(part(id), whole.header(), whole.name(), whole.have(), sha256));
        disk().syncFolder(folder);
        UploadResult result = new UploadResult(name, whole.have(), sha256);
        write(id, whole.done(result, now()));
        disk().syncFolder(uploads);
        disk().delete(part(id));
        return result;
    }

    void syncNames() {
        disk().syncFolder(uploads);
    }

    IdLocks locks() {
        return locks;
    }

    Disk disk() {
        return options.disk();
    }

    Instant now() {
        return options.clock().instant();
    }

    /** Lets go of what is open. */
    @Override
    public void close() throws IOException {
        open.forEach(FolderPart::close);
        locks.close();
    }
}
