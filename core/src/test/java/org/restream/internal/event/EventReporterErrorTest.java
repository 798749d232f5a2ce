package org.restream.internal.event;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class EventReporterErrorTest {
    @Test
    void an_error_of_the_listener_is_none_of_who_reports() {
        EventReporter<String> reporter = new EventReporter<>(event -> {
            throw new AssertionError("a failed assertion in a listener, made by a test");
        });

        assertThatCode(() -> reporter.report("event")).doesNotThrowAnyException();
    }
}
