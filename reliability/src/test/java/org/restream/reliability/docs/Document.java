package org.restream.reliability.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A document with shell commands. */
enum Document {
    README("README.md"),
    COMMAND("docs/command.md");

    /** The root of the checkout. */
    static final Path ROOT = Path.of(System.getProperty("basedir", "."))
            .resolve("..")
            .toAbsolutePath()
            .normalize();

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^ *```(?:sh|bash|shell|console|zsh)\\b[^\\n]*\\n(.*?)^ *```$");

    private final String file;

    Document(String file) {
        this.file = file;
    }

    /** The texts of its blocks of commands, in order. */
    List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}
