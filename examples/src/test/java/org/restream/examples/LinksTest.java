package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinksTest {
    @ParameterizedTest
    @MethodSource("documents")
    void links_to_files_lead_somewhere(String document) throws IOException {
        Markdown markdown = Markdown.read(document);

        assertThat(markdown.links())
                .as("links of %s", document)
                .allSatisfy(link -> assertThat(markdown.folder().resolve(link)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_to_sections_lead_to_a_heading(String document) throws IOException {
        Markdown markdown = Markdown.read(document);

        for (Markdown.Section section : markdown.sections().toList()) {
            String target = section.file().isEmpty()
                    ? document
                    : Markdown.ROOT
                            .relativize(
                                    markdown.folder().resolve(section.file()).normalize())
                            .toString();
            assertThat(Markdown.read(target).headings())
                    .as("headings of %s, wanted by %s", target, document)
                    .contains(section.heading());
        }
    }

    static Stream<String> documents() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path folder : List.of(Markdown.ROOT, Markdown.ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> Markdown.ROOT.relativize(file).toString())
                        .filter(name -> name.endsWith(".md"))
                        .forEach(names::add);
            }
        }
        return names.stream().sorted();
    }
}
