package org.restream.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.restream.Refusal;

/** Whether there is room for an upload: within the limits of the folder, and on its disk. */
final class FolderRoom {
    /** When a client comes again for whose upload there was none. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Path folder;
    private final Path uploads;
    private final FolderStoreBuilder options;
    private final Collection<FolderPart> active;

    /**
     * @param active those that this process has open: what they have yet to receive counts too
     */
    FolderRoom(Path folder, Path uploads, FolderStoreBuilder options, Collection<FolderPart> active) {
        this.folder = folder;
        this.uploads = uploads;
        this.options = options;
        this.active = active;
    }

    /** Before anything of it is stored. */
    void check(long size, long there, boolean begins) throws IOException {
        UploadFolder.Use use = UploadFolder.use(uploads);
        if (begins && use.parts() >= options.maxParts()) {
            throw noRoom(use.parts() + " uploads are under way or kept, and no more may be");
        }
        long missing = size < 0 ? 0 : size - there;
        long promised = active.stream().mapToLong(FolderPart::missing).sum();
        if (options.maxBytes() > 0 && missing > options.maxBytes() - use.bytes() - promised) {
            throw noRoom("uploads may take " + options.maxBytes() + " bytes in all, of which "
                    + (use.bytes() + promised) + " are taken, and this one needs " + missing);
        }
        long space = options.disk().space(folder);
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
}
