package org.restream.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** The folder of uploads that are not whole. */
final class UploadFolder {
    /**
     * What they take.
     *
     * @param parts how many they are
     * @param bytes what they have
     */
    record Use(int parts, long bytes) {}

    private UploadFolder() {}

    static Use use(Path uploads) throws IOException {
        int parts = 0;
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(uploads, "*" + FolderStore.PART)) {
            for (Path file : files) {
                parts++;
                bytes += sizeOf(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new Use(parts, bytes);
    }

    /** Of everything in the folder, also of what a death has left without a record, or half of one. */
    static Set<String> ids(Path uploads) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(uploads)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int end = name.indexOf('.');
                if (end > 0 && UploadId.is(name.substring(0, end))) {
                    ids.add(name.substring(0, end));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids;
    }

    static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** The ids in it are secrets. */
    static void make(Path uploads) throws IOException {
        if (Files.isDirectory(uploads)) {
            return;
        }
        Path parent = Objects.requireNonNull(uploads.getParent());
        makeFolder(parent, new FileAttribute<?>[0]);
        boolean hasOwners = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
        makeFolder(
                uploads,
                hasOwners
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    private static void makeFolder(Path path, FileAttribute<?>[] attributes) throws IOException {
        try {
            Files.createDirectory(path, attributes);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }
}
