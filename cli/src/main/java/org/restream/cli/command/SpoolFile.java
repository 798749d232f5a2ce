package org.restream.cli.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Temporary files that nobody else can read, and that leave nothing behind. */
public final class SpoolFile {
    /**
     * Where possible, the JDK implements delete-on-close by an unlink right after the open, so even kill -9 leaves
     * nothing.
     */
    private static final Set<StandardOpenOption> HOW = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private SpoolFile() {}

    public static FileChannel open() throws IOException {
        Path folder = folder();
        FileAttribute<?>[] ownerOnly =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        while (true) {
            String name = "restream-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
            try {
                return FileChannel.open(folder.resolve(name), HOW, ownerOnly);
            } catch (FileAlreadyExistsException e) {
                // another process has this name: try the next
                continue;
            }
        }
    }

    /** {@code $TMPDIR}, or else Java's {@code java.io.tmpdir}. */
    public static Path folder() {
        String told = System.getenv("TMPDIR");
        return Path.of(told == null || told.isEmpty() ? System.getProperty("java.io.tmpdir") : told);
    }
}
