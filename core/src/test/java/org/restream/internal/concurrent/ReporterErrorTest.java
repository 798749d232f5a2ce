package org.restream.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class ReporterErrorTest {
    @Test
    void an_error_of_the_listener_is_none_of_who_reports() {
        Reporter<String> reporter = new Reporter<>(event -> {
            throw new AssertionError("a failed assertion in a listener, made by a test");
        });

        assertThatCode(() -> reporter.report("event")).doesNotThrowAnyException();
    }
}
