package org.restream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.testing.Events;
import org.restream.testing.Leftovers;

/** Clients and servers end in limited time even if their handlers and listeners ignore interrupts. */
class HeedlessCodeTest {
    private final Leftovers leftovers = new Leftovers();
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    /** Checks to run when all of them have returned. */
    private final List<Trouble> afterwards = new CopyOnWriteArrayList<>();

    private interface Trouble {
        void run() throws Exception;
    }

    @AfterEach
    void leave_nothing() throws Exception {
        released.complete(null);
        for (Trouble check : afterwards) {
            check.run();
        }
        leftovers.areGone();
    }

    /** Blocks; unlike {@code get()}, {@code join()} ignores interrupts. */
    private void block() {
        released.join();
    }

    private void block(CompletableFuture<Void> reached) {
        reached.complete(null);
        block();
    }

    private static void await(CompletableFuture<Void> reached) throws Exception {
        reached.get(30, TimeUnit.SECONDS);
    }

    private static ClientOptions to(RestreamServer server) {
        return ClientOptions.defaults()
                .servers("127.0.0.1:" + server.address().getPort())
                .listener(event -> {});
    }

    private static void endsWith(RestreamClient client, Class<? extends Throwable> failure) {
        Throwable thrown = catchThrowable(() -> client.completion().get(30, TimeUnit.SECONDS));
        assertThat(thrown instanceof ExecutionException ? thrown.getCause() : thrown)
                .isInstanceOf(failure);
        assertThat(client.state()).isEqualTo(RestreamClient.State.CLOSED);
    }

    /** Runs all concurrently, because each takes the seconds that the library waits for such code. */
    private static void allEnd(Map<String, Trouble> troubles) throws Exception {
        List<FutureTask<Void>> tasks = new ArrayList<>();
        troubles.forEach((name, trouble) -> {
            FutureTask<Void> task = new FutureTask<>(() -> {
                trouble.run();
                return null;
            });
            tasks.add(task);
            new Thread(task, name).start();
        });
        for (FutureTask<Void> task : tasks) {
            task.get(40, TimeUnit.SECONDS);
        }
    }

    @Test
    void clients_and_servers_end_without_it() throws Exception {
        try (RestreamServer server = Restream.createServer().listen(0)) {
            Map<String, Trouble> troubles = new TreeMap<>();
            troubles.put("a client, closed", () -> closed(server));
            troubles.put("a client, closed when all had ended", () -> closedWhenWhole(server));
            troubles.put("a client, cancelled", () -> cancelled(server));
            troubles.put("a client whose time is over", () -> outOfTime(server));
            troubles.put("a client's stream's listener", () -> streamListenerBlocked(server));
            for (Class<?> type : List.of(ClientEvent.Connecting.class, ClientEvent.Closed.class)) {
                String name = "a client's listener of " + type.getSimpleName();
                troubles.put(name, () -> listenerBlocked(server, type, Duration.ZERO));
                troubles.put(name + ", its time over", () -> listenerBlocked(server, type, Duration.ofMillis(100)));
            }
            troubles.put("a server's handler", this::handlerBlocked);
            for (Class<?> type :
                    List.of(ServerEvent.Accepted.class, ServerEvent.Completed.class, ServerEvent.Closed.class)) {
                troubles.put("a server's listener of " + type.getSimpleName(), () -> listenerBlocked(type));
            }
            troubles.put("a server that begins to listen", this::listenerBlockedInListening);
            allEnd(troubles);
        }
    }

    private void closed(RestreamServer server) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(to(server), (req, res) -> block(reached));
        await(reached);
        client.close();
        assertThat(client.completion()).isDone();
        endsWith(client, CancellationException.class);
    }

    /** Closes when both messages have ended; what the handler throws later is not reported. */
    private void closedWhenWhole(RestreamServer server) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        Events<ClientEvent> events = new Events<>();
        RestreamClient client = Restream.createClient(to(server).listener(events), (req, res) -> {
            req.end();
            res.readAllBytes();
            block(reached);
        });
        await(reached);
        client.close();
        endsWith(client, CancellationException.class);
        afterwards.add(() -> {
            // waits until the handler has returned
            client.close();
            assertThat(events.names()).containsExactly("Connecting", "Connected", "Closed");
        });
    }

    private void cancelled(RestreamServer server) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(to(server), (req, res) -> block(reached));
        await(reached);
        client.completion().cancel(true);
        endsWith(client, CancellationException.class);
    }

    private void outOfTime(RestreamServer server) throws Exception {
        RestreamClient client =
                Restream.createClient(to(server).maxTime(Duration.ofMillis(100)), (req, res) -> block());
        endsWith(client, GaveUpException.class);
    }

    private void listenerBlocked(RestreamServer server, Class<?> type, Duration maxTime) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        ClientOptions options = to(server).maxTime(maxTime).listener(event -> {
            if (type.isInstance(event)) {
                block(reached);
            }
        });
        RestreamClient client = Restream.createClient(options);
        await(reached);
        client.close();
        assertThat(client.completion()).isDone();
        assertThat(client.state()).isEqualTo(RestreamClient.State.CLOSED);
        if (type == ClientEvent.Connecting.class) {
            endsWith(client, maxTime.isZero() ? CancellationException.class : Exception.class);
        }
    }

    private void streamListenerBlocked(RestreamServer server) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        RestreamClient client = Restream.createClient(to(server), (req, res) -> {
            res.onEnd(() -> {});
            res.onHeader(header -> block(reached));
            req.end();
        });
        await(reached);
        client.close();
        assertThat(client.completion()).isDone();
        endsWith(client, CancellationException.class);
    }

    private void handlerBlocked() throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        CompletableFuture<Void> returned = new CompletableFuture<>();
        Events<ServerEvent> events = new Events<>();
        RestreamServer.Handler handler = (req, res) -> {
            try {
                block(reached);
            } finally {
                returned.complete(null);
            }
        };
        close(ServerOptions.defaults().listener(events), handler, reached);
        assertThat(events.names()).containsExactly("Listening", "Accepted", "Failed", "Closed");
        afterwards.add(() -> {
            await(returned);
            assertThat(events.names()).endsWith("Failed", "Closed");
        });
    }

    private void listenerBlocked(Class<?> type) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        ServerOptions options = ServerOptions.defaults().listener(event -> {
            if (type.isInstance(event)) {
                block(reached);
            }
        });
        if (type == ServerEvent.Closed.class) {
            reached.complete(null);
        }
        close(options, (req, res) -> {}, reached);
    }

    private static void close(ServerOptions options, RestreamServer.Handler handler, CompletableFuture<Void> reached)
            throws Exception {
        RestreamServer server = Restream.createServer(options, handler).listen(0);
        try (RestreamClient client = Restream.createClient(to(server).maxFailures(1))) {
            await(reached);
            server.close(Duration.ZERO);
            assertThat(server.isListening()).isFalse();
            assertThat(client).isNotNull();
        }
    }

    private void listenerBlockedInListening() throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        RestreamServer server =
                Restream.createServer(ServerOptions.defaults().listener(event -> block(reached)), (req, res) -> {});
        FutureTask<RestreamServer> listening = new FutureTask<>(() -> server.listen(0));
        new Thread(listening, "listening").start();
        await(reached);
        server.close(Duration.ZERO);
        assertThat(server.isListening()).isFalse();
        afterwards.add(() -> assertThat(listening.get(30, TimeUnit.SECONDS)).isSameAs(server));
    }
}
