package org.restream.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.restream.Header;
import org.restream.Refusal;

/**
 * A file gets the name in its header's field {@code name}, and where that is taken, one with a number: {@code a-2.txt},
 * {@code a-3.txt}… Nothing is replaced. In a file system without hard links, a death right after the move leaves the file under its
 * name and unrecorded: the client then sends it again.
 */
final class NumberedNames implements Publisher {
    private static final int MOST_NUMBERS = 100_000;
    /** File systems take 255 bytes, and a number has to fit, too. */
    private static final int MOST_BYTES = 200;

    private static final String UNNAMED = "upload";
    /** What could lead elsewhere, or does something on a terminal. */
    private static final Pattern UNSAFE = Pattern.compile("[/\\\\:\\p{C}\\p{Zl}\\p{Zp}]");
    /** What hides a file, or makes an option of it. */
    private static final Pattern LEADING = Pattern.compile("^[-.~+@\\s]+");

    private final Path folder;

    NumberedNames(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name(Header header) throws Refusal {
        String said = header.get("name") instanceof String text ? text.strip() : "";
        String safe = UNSAFE.matcher(said).replaceAll("_");
        String name = LEADING.matcher(safe).replaceFirst("_");
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new Refusal("the name has more than " + MOST_BYTES + " bytes");
        }
        return name.isEmpty() ? UNNAMED : checked(name);
    }

    /** In a locale without UTF-8, Java can't say every name to the system. */
    private String checked(String name) throws Refusal {
        try {
            return folder.resolve(name).getFileName().toString();
        } catch (InvalidPathException e) {
            throw new Refusal("the name can't be a file's name here: " + e.getReason());
        }
    }

    @Override
    public String publish(Whole upload) throws IOException {
        for (int n = 1; n <= MOST_NUMBERS; n++) {
            Path named = folder.resolve(numbered(upload.name(), n));
            if (isSame(named, upload.file()) || link(named, upload.file())) {
                return named.getFileName().toString();
            }
        }
        throw new IOException(
                "no name is free: " + upload.name() + " and " + MOST_NUMBERS + " with a number are taken");
    }

    /** Its name, since a process that died had come so far. */
    private static boolean isSame(Path named, Path file) throws IOException {
        return Files.exists(named, LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(named)
                && Files.isSameFile(named, file);
    }

    private static boolean link(Path named, Path file) throws IOException {
        try {
            Files.createLink(named, file);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return move(named, file);
        }
    }

    /** For file systems without links. */
    private static boolean move(Path named, Path file) throws IOException {
        try {
            Files.move(file, named);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static String numbered(String name, int n) {
        if (n == 1) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return name.substring(0, end) + "-" + n + name.substring(end);
    }
}
