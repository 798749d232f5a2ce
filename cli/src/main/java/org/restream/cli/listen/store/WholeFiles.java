package org.restream.cli.listen.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.Digest;

/**
 * Stores files that are already on the disk under another name. A process may have been killed after it stored such a file and before
 * it recorded that: then the file keeps the name it has.
 */
public final class WholeFiles {
    private static final int MAX_NUMBERS = 100_000;

    private final OutputFolder files;
    private final Path folder;
    private final boolean overwrite;

    public WholeFiles(OutputFolder files, Path folder, boolean overwrite) {
        this.files = files;
        this.folder = folder;
        this.overwrite = overwrite;
    }

    /**
     * Stores a file, with its header beside it.
     *
     * @param whole the file, on the same disk; it stays where it is if the file system has links
     * @param wanted a safe name; if it is in use, another one with a number is chosen
     */
    public OutputFolder.Stored store(Path whole, Digest digest, Header header, String wanted)
            throws IOException, InterruptedException {
        try (PartFile body = PartFile.of(whole, folder)) {
            Path named = overwrite ? null : named(body, wanted);
            if (named == null) {
                return files.store(body, digest, header, wanted);
            }
            storeHeader(header, folder.resolve(named.getFileName() + ".json"));
            return new OutputFolder.Stored(named.getFileName().toString(), digest, true);
        }
    }

    /** The name that this file already has; null if it has none. */
    private @Nullable Path named(PartFile body, String wanted) throws IOException {
        for (int n = 1; n <= MAX_NUMBERS; n++) {
            String name = FileName.numbered(wanted, n);
            Path file = folder.resolve(name);
            if (body.isNamed(file)) {
                return file;
            }
            if (!exists(file) && !exists(folder.resolve(name + ".json"))) {
                return null;
            }
        }
        return null;
    }

    private void storeHeader(Header header, Path name) throws IOException {
        if (exists(name)) {
            return;
        }
        byte[] line = (header + "\n").getBytes(StandardCharsets.UTF_8);
        try (PartFile beside = PartFile.create(folder)) {
            beside.write(line, line.length);
            beside.sync();
            beside.link(name);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
