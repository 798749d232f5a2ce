package org.restream.cli.send;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.ExitStatus;

/** Names from the command line that Java has not been able to read: it can't open their files either. */
final class GarbledName {
    /** What Java puts in the place of bytes that the locale's charset does not have. */
    private static final char REPLACEMENT = '\ufffd';

    private GarbledName() {}

    /** Whether it is one; a file whose name has that character itself is there. */
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

    /** What to say of one. */
    static CommandException trouble() {
        String charset = System.getProperty("sun.jnu.encoding", "the locale's charset");
        return new CommandException(
                ExitStatus.LOCAL,
                "its name has bytes that are not " + charset
                        + ", so it can't be opened: rename it, or send it by < FILE",
                null);
    }
}
