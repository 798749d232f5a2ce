package org.restream.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.internal.concurrent.Threads;
import org.restream.testing.ShownText;

class EventReporterTest {
    private final RecordingLogger log = new RecordingLogger();

    @Test
    void events_come_in_order_on_the_thread_where_they_happen() {
        List<String> events = new ArrayList<>();
        EventReporter<String> reporter = new EventReporter<>(
                event -> events.add(event + Thread.currentThread().getName()), () -> log);
        reporter.report("one ");
        reporter.report("two ");
        String here = Thread.currentThread().getName();
        assertThat(events).containsExactly("one " + here, "two " + here);
        assertThat(log.lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {Exception.class, IllegalStateException.class, AssertionError.class, StackOverflowError.class})
    void what_a_listener_throws_is_logged_and_changes_nothing(Class<? extends Throwable> type) throws Exception {
        Throwable thrown = type.getConstructor().newInstance();
        List<String> events = new ArrayList<>();
        EventReporter<String> reporter = new EventReporter<>(
                event -> {
                    events.add(event);
                    EventReporterTest.<RuntimeException>sneak(thrown);
                },
                () -> log);
        reporter.report("one");
        reporter.report("two");
        assertThat(events).containsExactly("one", "two");
        assertThat(log.lines)
                .containsExactly("a listener failed with the event one", "a listener failed with the event two");
        assertThat(log.thrown).containsExactly(thrown, thrown);
    }

    @Test
    void a_bug_is_logged_where_nobody_listens() {
        Exception bug = new IllegalStateException("a bug");
        new EventReporter<String>(null, () -> log).reportBug("it failed", bug, "the event");
        assertThat(log.lines).containsExactly("it failed");
        assertThat(log.thrown).containsExactly(bug);
    }

    @Test
    void what_a_peer_has_put_into_it_does_nothing_to_the_log() {
        String hostile = "\u001b[2J\r\nERROR forged \u009b\u202e";
        EventReporter<String> reporter = new EventReporter<>(null, () -> log);
        reporter.report("event " + hostile);
        reporter.reportBug("it failed", new IllegalStateException("1", new NumberFormatException(hostile)), "event");
        new EventReporter<String>(event -> Integer.parseInt(event), () -> log).report(hostile);
        assertThat(log.details).hasSize(2).allSatisfy(text -> ShownText.isHarmless(text));
        assertThat(log.lines).hasSize(2).allSatisfy(text -> ShownText.isHarmless(text));
        log.thrown.stream().filter(Objects::nonNull).forEach(thrown -> ShownText.isHarmless(thrown));
        assertThat(log.thrown).filteredOn(Objects::nonNull).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_notice_is_logged_so_that_it_is_seen_where_nobody_listens(boolean notice) {
        EventReporter<String> reporter = new EventReporter<>(null, () -> log);
        if (notice) {
            reporter.reportNotice("it waits");
        } else {
            reporter.report("it waits");
        }
        assertThat(log.levels).containsExactly(notice ? System.Logger.Level.INFO : System.Logger.Level.DEBUG);
    }

    @Test
    void the_log_is_not_asked_for_where_somebody_listens() {
        List<String> events = new ArrayList<>();
        EventReporter<String> reporter = new EventReporter<>(events::add, () -> {
            throw new AssertionError("asked");
        });
        reporter.report("one");
        assertThat(events).containsExactly("one");
    }

    @Test
    void a_bug_is_an_event_where_somebody_listens() {
        List<String> events = new ArrayList<>();
        new EventReporter<String>(events::add, () -> log)
                .reportBug("it failed", new IllegalStateException("a bug"), "the event");
        assertThat(events).containsExactly("the event");
        assertThat(log.lines).isEmpty();
    }

    @Test
    void a_listener_is_called_one_at_a_time() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        EventReporter<Integer> reporter = new EventReporter<>(event -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
        });
        for (int thread = 0; thread < 4; thread++) {
            Threads.start("test-reporter", () -> {
                for (int i = 0; i < 1_000; i++) {
                    reporter.report(i);
                }
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void it_knows_whether_the_calling_thread_is_in_the_listener() throws Exception {
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        CompletableFuture<Boolean> outside = new CompletableFuture<>();
        EventReporter<?>[] self = new EventReporter<?>[1];
        EventReporter<String> reporter = new EventReporter<>(event -> {
            inside.complete(self[0].isReporting());
            outside.complete(CompletableFuture.supplyAsync(self[0]::isReporting).get(30, TimeUnit.SECONDS));
        });
        self[0] = reporter;
        reporter.report("one");
        assertThat(inside.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(outside.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(reporter.isReporting()).isFalse();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
