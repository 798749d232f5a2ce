package org.restream.cli.send;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.restream.cli.command.Causes;

/** Checks the files on the command line before anything is sent. */
final class FileArguments {
    private FileArguments() {}

    /**
     * Rejects files that can't be sent, except {@link GarbledName}s, which don't prevent the others from being sent.
     *
     * @throws IllegalArgumentException names the file and says why
     */
    static void check(List<String> files) {
        if (files.stream().filter("-"::equals).count() > 1) {
            throw new IllegalArgumentException("stdin (-) can be sent only once");
        }
        for (String file : files) {
            if (!file.equals("-") && !GarbledName.is(file)) {
                check(file);
            }
        }
    }

    /**
     * Refuses what can't be read again by the next process.
     *
     * @throws IllegalArgumentException with the file and the reason
     */
    static void checkCanResume(List<String> files) {
        for (String file : files) {
            if (file.equals("-")) {
                throw new IllegalArgumentException(
                        "--resume is for files: nothing is left of stdin after the end of the"
                                + " command. Without --resume stdin is sent again after a loss");
            }
            if (!GarbledName.is(file) && !Files.isRegularFile(path(file))) {
                throw new IllegalArgumentException(
                        file + ": --resume is for regular files, and this is a pipe or a device");
            }
        }
    }

    private static void check(String file) {
        Path path = path(file);
        if (!Files.exists(path)) {
            String hint = file.matches("[0-9]{1,5}") ? "; a server's port follows a colon, as in -s host:" + file : "";
            throw new IllegalArgumentException(file + ": there is no such file" + hint);
        }
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException(file + ": it is a folder; a file is needed");
        }
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(file + ": the file can't be read: permission denied");
        }
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(file + ": it is not a file name: " + Causes.line(e), e);
        }
    }
}
