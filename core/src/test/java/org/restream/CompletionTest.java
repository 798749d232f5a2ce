package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.testing.Leftovers;

/**
 * {@link RestreamClient#completion()}: each call returns a copy; completing a copy closes the client without waiting.
 */
class CompletionTest {
    private static final Duration WELL_BELOW_CLOSE = Duration.ofSeconds(4);

    private static final Leftovers LEFTOVERS = new Leftovers();

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private RestreamServer server;

    @BeforeEach
    void listen() throws Exception {
        server = Restream.createServer().listen(0);
    }

    @AfterAll
    static void leave_nothing() {
        LEFTOVERS.areGone();
    }

    @AfterEach
    void close() {
        released.complete(null);
        server.close(Duration.ZERO);
    }

    /** A client whose handler blocks until it is released, and ignores interrupts. */
    private RestreamClient client(RestreamClient.Handler handler) {
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .listener(event -> {});
        return Restream.createClient(options, (req, res) -> {
            reached.complete(null);
            released.join();
            handler.handle(req, res);
        });
    }

    private RestreamClient client() {
        return client((req, res) -> {
            req.end();
            res.readAllBytes();
        });
    }

    static Stream<Arguments> fromOutside() {
        return Stream.of(
                outside("complete", future -> future.complete(null)),
                outside("cancel", future -> future.cancel(true)),
                outside("fail", future -> future.completeExceptionally(new IllegalStateException("enough"))),
                outside("orTimeout", future -> future.orTimeout(20, TimeUnit.MILLISECONDS)),
                outside("completeOnTimeout", future -> future.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)));
    }

    private static Arguments outside(String name, Consumer<CompletableFuture<Void>> completing) {
        return Arguments.of(name, completing);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fromOutside")
    void closes_the_client_and_does_not_wait(String name, Consumer<CompletableFuture<Void>> completing)
            throws Exception {
        RestreamClient client = client();
        reached.get(30, TimeUnit.SECONDS);
        long began = System.nanoTime();
        CompletableFuture<Void> copy = client.completion();
        completing.accept(copy);
        copy.handle((nothing, failure) -> "done").get(30, TimeUnit.SECONDS);
        // runs on the JVM's only thread for such time-outs
        CompletableFuture<Void> another = new CompletableFuture<Void>().orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(catchThrowable(() -> another.get(30, TimeUnit.SECONDS))).hasCauseInstanceOf(TimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WELL_BELOW_CLOSE);
        released.complete(null);
        assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(client.state()).isEqualTo(RestreamClient.State.CLOSED);
    }

    @Test
    void each_copy_is_its_own_and_the_others_tell_the_truth() throws Exception {
        RestreamClient client = client();
        CompletableFuture<Void> one = client.completion();
        CompletableFuture<Void> other = client.completion();
        assertThat(one).isNotSameAs(other);
        reached.get(30, TimeUnit.SECONDS);
        one.complete(null);
        assertThat(one).isCompletedWithValue(null);
        assertThat(other).isNotDone();
        released.complete(null);
        assertThatThrownBy(() -> other.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(one).isCompletedWithValue(null);
    }

    @Test
    void copies_beyond_number_all_complete() throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<CompletableFuture<Void>> copies = new ArrayList<>();
        RestreamClient client = client();
        for (int i = 0; i < 20_000; i++) {
            copies.add(client.completion().thenRun(done::incrementAndGet));
        }
        released.complete(null);
        CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(done).hasValue(20_000);
        assertThat(client.completion()).isCompletedWithValue(null);
    }

    @Test
    void of_a_closed_client_is_cancelled_in_every_way_to_ask() throws Exception {
        released.complete(null);
        RestreamClient client = client((req, res) -> new CompletableFuture<Void>().get());
        CompletableFuture<Void> before = client.completion();
        reached.get(30, TimeUnit.SECONDS);
        client.close();
        for (CompletableFuture<Void> copy : List.of(before, client.completion())) {
            assertThat(copy.isDone()).isTrue();
            assertThat(copy.isCancelled()).isTrue();
            assertThat(copy.isCompletedExceptionally()).isTrue();
            assertThatThrownBy(copy::get).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> copy.get(1, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThatThrownBy(copy::join).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> copy.getNow(null)).isInstanceOf(CancellationException.class);
            CompletableFuture<Throwable> told = new CompletableFuture<>();
            assertThat(copy.whenComplete((nothing, failure) -> told.complete(failure)))
                    .isNotSameAs(copy);
            assertThat(told.join())
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("the client was closed before its exchange was complete");
        }
    }

    @Test
    void of_one_that_failed_has_what_it_failed_with_and_nothing_around_it() throws Exception {
        released.complete(null);
        IllegalStateException bug = new IllegalStateException("a bug");
        RestreamClient client = client((req, res) -> {
            throw bug;
        });
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        assertThat(client.completion().whenComplete((nothing, failure) -> told.complete(failure)))
                .isNotNull();
        assertThat(told.get(30, TimeUnit.SECONDS)).isSameAs(bug);
        CompletableFuture<Void> copy = client.completion();
        assertThat(copy.isCancelled()).isFalse();
        assertThatThrownBy(copy::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(bug);
        assertThatThrownBy(copy::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isSameAs(bug);
    }

    @Test
    void what_hangs_on_it_may_throw_and_close() throws Exception {
        RestreamClient client = client();
        CompletableFuture<Void> closed = client.completion().thenRun(client::close);
        CompletableFuture<Void> thrown = client.completion().thenRun(() -> {
            throw new StackOverflowError();
        });
        released.complete(null);
        closed.get(30, TimeUnit.SECONDS);
        assertThat(catchThrowable(() -> thrown.get(30, TimeUnit.SECONDS))).hasCauseInstanceOf(StackOverflowError.class);
        client.completion().get(30, TimeUnit.SECONDS);
    }

    @Test
    void completed_from_its_own_handler_it_ends_that() throws Exception {
        CompletableFuture<RestreamClient> self = new CompletableFuture<>();
        released.complete(null);
        RestreamClient client = client((req, res) -> {
            self.get(30, TimeUnit.SECONDS).completion().cancel(true);
            res.readAllBytes();
        });
        self.complete(client);
        assertThatThrownBy(() -> client.completion().get(30, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
    }
}
