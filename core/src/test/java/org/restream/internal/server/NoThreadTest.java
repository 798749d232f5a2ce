package org.restream.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Threads;

/** If no thread can be created, the connection is reset, and later ones are served. */
class NoThreadTest {
    private static final String QUESTION = "{}\n\nbody";

    private final AtomicBoolean none = new AtomicBoolean();
    private final Queue<String> names = new ConcurrentLinkedQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch handlerMayEnd = new CountDownLatch(1);
    private final Server server = new Server(
            ServerOptions.defaults().port(0).maxConnections(1),
            (req, res) -> {
                assertThat(handlerMayEnd.await(30, TimeUnit.SECONDS)).isTrue();
                req.transferTo(res);
            },
            this::run);

    private void run(String name, Runnable work) {
        names.add(name);
        if (none.compareAndSet(true, false)) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        begun.countDown();
        Threads.run(name, work);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket connect() throws Exception {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(QUESTION.getBytes(UTF_8));
        socket.shutdownOutput();
        return socket;
    }

    private static String answer(Socket socket) throws Exception {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void for_a_connection() throws Exception {
        handlerMayEnd.countDown();
        server.listen();
        none.set(true);
        assertThatThrownBy(() -> {
                    // the reset may come during this
                    try (Socket first = connect()) {
                        answer(first);
                    }
                })
                .isInstanceOf(SocketException.class);
        try (Socket second = connect()) {
            assertThat(answer(second)).isEqualTo(QUESTION);
        }
    }

    @Test
    void for_several_that_wait() throws Exception {
        server.listen();
        // takes the only place, so that the others wait until all of them have connected
        try (Socket served = connect()) {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            none.set(true);
            try (Socket first = connect();
                    Socket second = connect();
                    Socket third = connect()) {
                handlerMayEnd.countDown();
                assertThat(answer(served)).isEqualTo(QUESTION);
                assertThatThrownBy(() -> answer(first)).isInstanceOf(SocketException.class);
                assertThat(List.copyOf(names)).element(1).isEqualTo("restream-server-batch");
                for (Socket next : List.of(second, third)) {
                    assertThat(answer(next)).isEqualTo(QUESTION);
                }
            }
        }
    }
}
