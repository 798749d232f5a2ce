package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Words that only this project used, and that confused readers. */
class PlainWordsTest {
    private static final Pattern PRIVATE_WORDS = Pattern.compile(
            "\\b(houses?|told|taken\\s+for|the lost one|makes one|gets itself back|passed over)\\b",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @MethodSource("documents")
    void no_document_uses_them(String document) throws IOException {
        assertThat(PRIVATE_WORDS
                        .matcher(Markdown.read(document).text())
                        .results()
                        .map(found -> found.group()))
                .isEmpty();
    }

    static Stream<String> documents() throws IOException {
        return LinksTest.documents();
    }
}
