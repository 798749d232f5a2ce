package org.restream.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Removes uploads that have been kept for long enough, and the oldest where all together take too much. */
final class FolderCleaner {
    /** One that nobody is at work on, as far as this process knows. */
    private record Idle(String id, Instant changed, long bytes) {}

    private static final Duration UNCHANGED = Duration.ofHours(2);

    private final FolderStore store;
    private final Path uploads;
    private final FolderStoreBuilder options;

    FolderCleaner(FolderStore store, Path uploads, FolderStoreBuilder options) {
        this.store = store;
        this.uploads = uploads;
        this.options = options;
    }

    void clean() throws IOException {
        Set<Idle> idle = new TreeSet<>(Comparator.comparing(Idle::changed).thenComparing(Idle::id));
        for (String id : UploadFolder.ids(uploads)) {
            Idle left = removeExpired(id);
            if (left != null) {
                idle.add(left);
            }
        }
        if (options.maxBytes() > 0) {
            removeOldest(idle);
        }
    }

    /** Null where it is no more, or somebody is at work on it. */
    private @Nullable Idle removeExpired(String id) throws IOException {
        try (IdLocks.Held held = store.locks().tryLock(id)) {
            if (held == null || store.isOpen(id)) {
                return null;
            }
            UploadRecord record = store.record(id);
            Instant changed = record == null ? changed(id) : record.changed();
            if (store.isExpired(changed)) {
                store.remove(id);
                store.disk().delete(uploads.resolve(id + FolderStore.RECORD + ".new"));
                return null;
            }
            return new Idle(id, changed, UploadFolder.sizeOf(store.part(id)));
        }
    }

    /** When it was last written to, where no record says that. */
    private Instant changed(String id) throws IOException {
        try {
            return Files.getLastModifiedTime(store.part(id)).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MIN;
        }
    }

    private void removeOldest(Set<Idle> idle) throws IOException {
        long bytes = UploadFolder.use(uploads).bytes();
        for (Idle oldest : idle) {
            if (bytes <= options.maxBytes()) {
                return;
            }
            if (oldest.bytes() > 0 && isIdle(oldest) && remove(oldest)) {
                bytes -= oldest.bytes();
            }
        }
    }

    /** Another process may be at work on one that has changed: who has it open writes that down every hour. */
    private boolean isIdle(Idle upload) {
        return upload.changed().plus(UNCHANGED).isBefore(store.now());
    }

    private boolean remove(Idle upload) throws IOException {
        try (IdLocks.Held held = store.locks().tryLock(upload.id())) {
            UploadRecord record = held == null || store.isOpen(upload.id()) ? null : store.record(upload.id());
            if (record == null || !record.changed().equals(upload.changed())) {
                return false;
            }
            store.remove(upload.id());
            return true;
        }
    }
}
