package org.restream.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/** Makes a {@link FolderStore}. */
public final class FolderStoreBuilder {
    private static final Duration KEEP = Duration.ofHours(24);
    private static final int MAX_PARTS = 10_000;

    private final Path folder;
    private Duration keep = KEEP;
    private long maxBytes;
    private int maxParts = MAX_PARTS;
    private Publisher publisher;
    private InstantSource clock = InstantSource.system();
    private Disk disk = new Disk();

    FolderStoreBuilder(Path folder) {
        this.folder = folder;
        publisher = new NumberedNames(folder);
    }

    /**
     * How long an upload is kept that nobody goes on with, and how long it is remembered that one was whole.
     *
     * @param time more than 0. Default: 24 hours
     * @return this
     * @throws IllegalArgumentException if it is not more than 0
     */
    public FolderStoreBuilder keep(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("keep must be more than 0, not " + time);
        }
        keep = time;
        return this;
    }

    /**
     * How many bytes uploads may have that are not whole, all of them together: one that would be too much is refused.
     *
     * @param bytes 0 or more; 0: any number. Default: 0
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public FolderStoreBuilder maxBytes(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxBytes must be 0 or more, not " + bytes);
        }
        maxBytes = bytes;
        return this;
    }

    /**
     * How many uploads there may be that are not whole: one more is refused.
     *
     * @param count 1 or more. Default: 10,000
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FolderStoreBuilder maxParts(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("maxParts must be 1 or more, not " + count);
        }
        maxParts = count;
        return this;
    }

    /**
     * What gives whole uploads their names.
     *
     * @param names called under no lock but the upload's own. Default: the header's {@code name}, with a number where that is taken
     * @return this
     */
    public FolderStoreBuilder publisher(Publisher names) {
        publisher = Objects.requireNonNull(names, "publisher");
        return this;
    }

    FolderStoreBuilder clock(InstantSource time) {
        clock = time;
        return this;
    }

    FolderStoreBuilder disk(Disk effects) {
        disk = effects;
        return this;
    }

    /**
     * Makes the store, and its folder for uploads that are under way.
     *
     * @return the store
     * @throws IOException if the folder is not there, or can't be written
     */
    public FolderStore open() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        return new FolderStore(folder, this);
    }

    Duration keep() {
        return keep;
    }

    long maxBytes() {
        return maxBytes;
    }

    int maxParts() {
        return maxParts;
    }

    Publisher publisher() {
        return publisher;
    }

    InstantSource clock() {
        return clock;
    }

    Disk disk() {
        return disk;
    }
}
