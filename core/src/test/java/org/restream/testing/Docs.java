package org.restream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder docs/, for tests that hold it to the code. */
public final class Docs {
    private Docs() {}

    public static List<String> lines(String name) {
        try {
            return Files.readAllLines(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tests run in the module's folder, whatever folder Maven was started in; an IDE may run them in the root's. */
    public static Path path(String name) {
        Path beside = Path.of("..", "docs", name);
        return Files.exists(beside) ? beside : Path.of("docs", name);
    }
}
