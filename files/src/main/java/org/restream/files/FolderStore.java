package org.restream.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

/**
 * Keeps uploads in a folder: under way in {@code .restream/uploads} in it, whole under their names. Several stores, also of several
 * processes and machines, may have the same folder, where its file system has locks. Made with {@link #at}.
 */
public final class FolderStore implements UploadStore {
    static final String PART = ".part";
    static final String RECORD = ".json";

    private final Path folder;
    private final Path uploads;
    private final FolderStoreBuilder options;
    private final ReentrantLock making = new ReentrantLock();
    /** Null until there is a first upload: a folder that receives none stays as it is. */
    private volatile @Nullable IdLocks locks;

    private final Set<FolderPart> open = ConcurrentHashMap.newKeySet();

    FolderStore(Path folder, FolderStoreBuilder options) throws IOException {
        this.folder = folder;
        this.options = options;
        uploads = folder.resolve(".restream").resolve("uploads");
        if (Files.isDirectory(uploads)) {
            locks();
        }
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
        return locks().locked(request.id(), () -> openLocked(request));
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
        room().check(request.size(), 0, true);
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
        room().check(request.size(), there, false);
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

    @Override
    public void clean() throws IOException, InterruptedException {
        if (locks == null) {
            return;
        }
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

    FolderRoom room() {
        return new FolderRoom(folder, uploads, options, open);
    }

    void syncNames() {
        disk().syncFolder(uploads);
    }

    IdLocks locks() throws IOException {
        making.lock();
        try {
            IdLocks made = locks;
            if (made == null) {
                UploadFolder.make(uploads);
                made = IdLocks.of(uploads);
                locks = made;
            }
            return made;
        } finally {
            making.unlock();
        }
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
        IdLocks made = locks;
        if (made != null) {
            made.close();
        }
    }
}
