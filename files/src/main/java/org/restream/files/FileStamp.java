package org.restream.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells whether a file is what it was.
 *
 * @param size its bytes
 * @param modified when it was last written to
 * @param key which file it is, whatever its name; empty where the system has no such thing
 */
record FileStamp(long size, Instant modified, String key) {
    static FileStamp of(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (!now.isRegularFile()) {
            throw new IOException(file + ": only a regular file can be sent so that it goes on");
        }
        Object key = now.fileKey();
        return new FileStamp(now.size(), now.lastModifiedTime().toInstant(), key == null ? "" : key.toString());
    }

    /** How it differs from what it was before, in words; empty where it does not. */
    String changeSince(FileStamp before) {
        if (!key.equals(before.key)) {
            return "another file has its name";
        }
        if (size != before.size) {
            return "it had " + before.size + " bytes, and has " + size;
        }
        return modified.equals(before.modified) ? "" : "it was written to at " + modified;
    }
}
