package org.restream.cli.send;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/** File names on the command line that Java could not decode: it can't open those files either. */
final class GarbledName {
    /** The character by which Java replaces bytes that are not in the locale's charset. */
    private static final char REPLACEMENT = '\ufffd';

    private GarbledName() {}

    /** Whether Java could not decode this name. If its file exists, the name has that character itself. */
    static boolean is(String file) {
        if (file.indexOf(REPLACEMENT) < 0) {
            return false;
        }
        try {
            return !Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return true;
        }
    }

    /** The error for such a name. */
    static CommandException trouble() {
        String charset = System.getProperty("sun.jnu.encoding", "the locale's charset");
        return new CommandException(
                ExitStatus.LOCAL,
                "its name has bytes that are not " + charset
                        + ", so it can't be opened: rename it, or send it by < FILE",
                null);
    }
}
