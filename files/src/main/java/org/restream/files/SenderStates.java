package org.restream.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.restream.ServerAddress;

/** The uploads that a user's clients have begun: a folder with a small file for each, which nobody else can read. */
final class SenderStates {
    /** No server keeps what was begun so long ago, as a rule. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final Path folder;

    SenderStates(Path folder) {
        this.folder = folder;
    }

    /** The user's, where no other is said. */
    static Path defaultFolder() {
        String said = System.getenv("XDG_STATE_HOME");
        Path state = said != null && Path.of(said).isAbsolute()
                ? Path.of(said)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        return state.resolve("restream").resolve("uploads");
    }

    /** Where the state of a file's upload to these servers is. */
    Path of(List<ServerAddress> servers, Path file) throws IOException {
        String what = servers + "\n" + file.toRealPath();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest) + ".json");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Nullable
    SenderState read(Path state) throws IOException {
        try {
            return SenderState.parse(Files.readString(state));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** In one step: a death leaves the old one, or the new one. */
    void write(Path state, SenderState now, Path file) throws IOException {
        make();
        Path next = Files.createTempFile(folder, "upload", ".new", attributes("rw-------"));
        try {
            Files.writeString(next, now.toJson(file.toString()), StandardOpenOption.WRITE);
            Files.move(next, state, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    void forget(Path state) throws IOException {
        Files.deleteIfExists(state);
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes("rwx------"));
        }
    }

    private FileAttribute<?>[] attributes(String permissions) {
        Set<String> views = folder.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Removes what nobody came back for. */
    void clean(Instant now) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{json,new}")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().plus(KEPT).isBefore(now)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // another client has removed it
            return;
        }
    }
}
