package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many connections at once: one thread may serve several of them, but none waits for another's handler. */
class ServerBatchesTest {
    private static final int MANY = 200;

    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger handled = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void handlers_that_wait_for_each_other_all_run() throws Exception {
        CountDownLatch all = new CountDownLatch(MANY);
        CountDownLatch waited = new CountDownLatch(MANY);
        RestreamServer.Handler handler = (req, res) -> {
            all.countDown();
            if (all.await(30, TimeUnit.SECONDS)) {
                waited.countDown();
            }
        };
        try (RestreamServer server =
                Restream.createServer(ServerOptions.defaults().port(0), handler).listen()) {
            connect(server);
            assertThat(waited.await(40, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_interrupt_that_comes_when_the_handler_has_returned_harms_nobody() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Set<String> failures = ConcurrentHashMap.newKeySet();
        CountDownLatch completed = new CountDownLatch(MANY);
        ServerOptions options = ServerOptions.defaults().port(0).listener(event -> {
            if (event instanceof ServerEvent.Failed failed) {
                failures.add(String.valueOf(failed.cause()));
            } else if (event instanceof ServerEvent.Completed) {
                completed.countDown();
            }
        });
        try (RestreamServer server = Restream.createServer(options, (req, res) -> {
                    handled.incrementAndGet();
                    threads.add(Thread.currentThread());
                    req.transferTo(res);
                })
                .listen()) {
            connect(server);
            answers("once");
            // a client has its answer before the server's exchange has ended
            assertThat(completed.await(30, TimeUnit.SECONDS)).isTrue();
            threads.forEach(Thread::interrupt);
            connect(server);
            answers("and again");
            assertThat(server.isListening()).isTrue();
        }
        assertThat(handled).hasValue(2 * MANY);
        assertThat(failures).isEmpty();
    }

    private void connect(RestreamServer server) throws Exception {
        sockets.clear();
        for (int i = 0; i < MANY; i++) {
            sockets.add(
                    new Socket(server.address().getAddress(), server.address().getPort()));
        }
    }

    private void answers(String body) throws Exception {
        for (Socket socket : sockets) {
            socket.getOutputStream().write(("{}\n\n" + body).getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
        }
        for (Socket socket : sockets) {
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{}\n\n" + body);
            socket.close();
        }
    }
}
