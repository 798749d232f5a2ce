package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the pictures have the texts of their sources; docs/pictures/draw draws them again. */
class PicturesTest {
    private static final Path FOLDER = Markdown.ROOT.resolve("docs/pictures");
    private static final Pattern IN_SOURCE = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern IN_PICTURE = Pattern.compile("<text [^>]*>([^<]+)</text>");

    @ParameterizedTest
    @MethodSource("sources")
    void a_picture_has_the_words_of_its_source(Path source) throws IOException {
        Path picture = FOLDER.resolve(source.getFileName().toString().replace(".pikchr", ".svg"));
        assertThat(found(IN_PICTURE, Files.readString(picture)))
                .containsExactlyInAnyOrderElementsOf(found(IN_SOURCE, withoutComments(source)));
    }

    static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".pikchr")).toList().stream();
        }
    }

    private static String withoutComments(Path source) throws IOException {
        return Files.readString(source).replaceAll("(?m)^#.*", "");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1).replace('\u00a0', ' '))
                .toList();
    }
}
