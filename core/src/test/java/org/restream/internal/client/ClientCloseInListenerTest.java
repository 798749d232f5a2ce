package org.restream.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.RestreamClient;
import org.restream.ServerAddress;
import org.restream.testing.ReservedPort;

/** A listener of events may close its client; then only Closed follows. */
class ClientCloseInListenerTest {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> handling = new CompletableFuture<>();
    private final CompletableFuture<RestreamClient> client = new CompletableFuture<>();

    @ParameterizedTest
    @ValueSource(classes = {ClientEvent.Connecting.class, ClientEvent.Connected.class})
    void on_the_way_to_the_handler_then_that_is_not_called(Class<?> event) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closeIn(event, server.getLocalPort());
        }
        assertThat(steps.stream().filter(step -> !step.equals("Aborted")))
                .endsWith(event.getSimpleName(), "Closed")
                .doesNotContain("handler");
    }

    @ParameterizedTest
    @ValueSource(classes = {ClientEvent.Failed.class, ClientEvent.Waiting.class})
    void on_the_way_to_the_next_attempt(Class<?> event) throws Exception {
        try (ReservedPort nobody = new ReservedPort()) {
            closeIn(event, nobody.number());
        }
        assertThat(steps).endsWith(event.getSimpleName(), "Closed");
        assertThat(steps.stream().filter("Connecting"::equals)).hasSize(1);
    }

    @Test
    void when_the_connection_was_lost() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> dropped = CompletableFuture.runAsync(() -> accept(server));
            closeIn(ClientEvent.Lost.class, server.getLocalPort());
            dropped.get(30, TimeUnit.SECONDS);
        }
        assertThat(steps).containsExactly("Connecting", "Connected", "handler", "Lost", "Closed");
    }

    private void closeIn(Class<?> event, int port) {
        client.complete(start(event, port));
        assertThatThrownBy(() -> client.join().completion().get(30, TimeUnit.SECONDS))
                .isInstanceOf(CancellationException.class);
        assertThat(client.join().state()).isEqualTo(RestreamClient.State.CLOSED);
    }

    private RestreamClient start(Class<?> event, int port) {
        ClientOptions options = ClientOptions.defaults()
                .servers(List.of(new ServerAddress("127.0.0.1", port)))
                .listener(happened -> {
                    steps.add(happened.getClass().getSimpleName());
                    if (event.isInstance(happened)) {
                        client.get(30, TimeUnit.SECONDS).close();
                    }
                });
        return Client.start(options, (req, res) -> {
            steps.add("handler");
            handling.complete(null);
            res.header();
        });
    }

    private void accept(ServerSocket server) {
        handling.join();
        try (Socket accepted = server.accept()) {
            accepted.setSoLinger(true, 0);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
