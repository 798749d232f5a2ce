package org.restream.reliability.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {
    @ParameterizedTest
    @EnumSource
    void the_document_has_each_rule_word_for_word(Rule rule) throws Exception {
        Path document = Path.of(System.getProperty("basedir", "."), "..", "docs", "reliability.md");
        assertThat(Files.readString(document)).contains("| " + rule.text() + " | `TransfersTest` |");
    }
}
