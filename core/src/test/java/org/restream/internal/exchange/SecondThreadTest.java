package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.restream.Header;

/** A handler that goes on while a second thread calls its listeners. */
class SecondThreadTest extends EachWire {
    private final Calls calls = new Calls();

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void listeners_are_called_while_the_handler_runs() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            in.onText(text -> calls.add(text)).onEnd(ended::countDown);
            await(ended);
            calls.add("handler goes on");
            out.end();
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nbody").finish();

            assertThat(trial.outcome().cause()).isNull();
            calls.assertExactly("body", "handler goes on");
        }
    }

    @Test
    void a_handler_that_waits_for_the_error_is_told() throws Exception {
        CompletableFuture<Exception> error = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onText(text -> calls.add(text)).onError(error::complete);
            assertThat(Trial.get(error)).hasMessageContaining(wire.reset);
            calls.add("handler knows");
        })) {
            trial.startSecond();
            trial.peer.say("{}\n\nhalf");
            calls.await("half");
            trial.peer.cut();

            assertThat(trial.outcome().reason().isOurs()).isFalse();
            calls.assertExactly("half", "handler knows");
        }
    }

    @Test
    void it_is_told_too_when_all_was_lost_before_anybody_read() throws Exception {
        CompletableFuture<Exception> error = new CompletableFuture<>();
        CountDownLatch lost = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            out.abort();
            in.onError(error::complete);
            lost.countDown();
            assertThat(Trial.get(error)).hasMessageContaining("aborted by this side");
            calls.add("handler knows");
        })) {
            await(lost);
            trial.startSecond();

            assertThat(trial.outcome().reason().isOurs()).isTrue();
            calls.assertExactly("handler knows");
        }
    }

    @RepeatedTest(20)
    void who_asks_for_the_header_gets_it_though_another_thread_reads_on() throws Exception {
        CompletableFuture<Header> header = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onData(data -> {});
            header.complete(in.header());
            out.end("the peer goes on only after this");
        })) {
            trial.startSecond();
            trial.link.awaitReader();
            trial.peer.say("{\"a\":1}\n\n");

            assertThat(Trial.get(header)).isEqualTo(Header.of("a", 1));
            trial.peer.hearAll();
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @Test
    void there_is_no_second_thread_where_the_first_does_it_all() throws Exception {
        AtomicInteger others = new AtomicInteger();
        CompletableFuture<Thread> handlers = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            handlers.complete(Thread.currentThread());
            in.onEnd(() -> {
                if (Thread.currentThread() != handlers.join()) {
                    others.incrementAndGet();
                }
            });
            out.end();
        })) {
            trial.peer.finish();
            assertThat(trial.outcome().cause()).isNull();
            assertThat(others).hasValue(0);
            assertThat(trial.timer.pending()).isZero();
        }
    }

    @Test
    void where_no_second_thread_can_be_made_the_exchange_fails_and_says_so() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (Trial trial = trial(
                Trial.ROOMY,
                setup -> setup.threads(work -> {
                    asked.incrementAndGet();
                    throw new OutOfMemoryError("unable to create native thread");
                }),
                (in, out) -> {
                    in.onData(data -> {}).onError(error -> calls.add("error"));
                    await(go);
                    out.end();
                })) {
            trial.startSecond();
            go.countDown();

            Outcome outcome = trial.outcome();
            assertThat(outcome.cause()).isInstanceOf(OutOfMemoryError.class);
            assertThat(asked).hasValue(1);
            calls.assertExactly("error");
        }
    }

    @Test
    void a_handler_that_waits_for_the_header_while_a_second_thread_reads_has_sent_its_own_first() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Trial trial = trial((in, out) -> {
            in.onData(data -> {});
            out.header("name", "alice");
            await(go);
            out.end("thanks for " + in.header());
        })) {
            trial.startSecond();
            trial.link.awaitReader();
            go.countDown();
            assertThat(trial.peer.hear(17)).isEqualTo("{\"name\":\"alice\"}\n");
            trial.peer.say("{\"hello\":\"alice\"}\n\n").finish();

            assertThat(trial.peer.hearAll()).isEqualTo("\nthanks for {\"hello\":\"alice\"}");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void such_a_wait_can_be_interrupted() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Thread> handler = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        try (Trial trial = trial((in, out) -> {
            in.onData(data -> {});
            await(go);
            handler.complete(Thread.currentThread());
            try {
                in.header();
            } catch (InterruptedIOException e) {
                thrown.complete(e);
                throw e;
            }
        })) {
            trial.startSecond();
            trial.link.awaitReader();
            go.countDown();
            Trial.get(handler).interrupt();

            assertThat(Trial.get(thrown)).hasMessage("interrupted while another thread reads the same message");
            assertThat(trial.outcome().reason().isOurs()).isTrue();
        }
    }
}
