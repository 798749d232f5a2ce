package org.restream.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files of the folder docs/, for tests that compare them with the code. */
final class Docs {
    private Docs() {}

    /** Finds the file both from the module's folder, where Maven runs tests, and from the root, where an IDE may. */
    static List<String> lines(String name) {
        Path beside = Path.of("..", "docs", name);
        try {
            return Files.readAllLines(Files.exists(beside) ? beside : Path.of("docs", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
