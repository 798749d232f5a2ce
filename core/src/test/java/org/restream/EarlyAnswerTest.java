package org.restream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server without restream closes while the client is still writing: a loss before the end of its answer, and none
 * after it.
 */
class EarlyAnswerTest {
    private static final long SEED = 20_130_401;

    private interface Peer {
        void serve(Socket socket) throws Exception;
    }

    private ServerSocket listening;

    @BeforeEach
    void listen() throws Exception {
        listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws Exception {
        listening.close();
    }

    /** Serves one connection, and returns the exception with which the client's completion fails, or null. */
    private Throwable exchange(Peer peer, RestreamClient.Handler handler) throws Exception {
        Thread server = new Thread(() -> {
            try (Socket socket = listening.accept()) {
                peer.serve(socket);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        server.start();
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + listening.getLocalPort())
                .reconnect(Reconnect.UNTIL_CONNECTED);
        try (RestreamClient client = Restream.createClient(options, handler)) {
            client.completion().get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } finally {
            server.join();
        }
    }

    private static void writeUntilRefused(Outgoing req) {
        try {
            while (true) {
                req.write(new byte[10_000]);
            }
        } catch (Exception e) {
            // the peer has stopped reading
        }
    }

    /** Lengths that the client's system buffers at once: the reset destroys the unsent part of a longer message. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 10_000})
    void an_answer_that_ended_is_read_though_the_request_is_refused(int length) throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Throwable failure = exchange(
                socket -> {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(("{\"no\":1}\n\n" + "n".repeat(length)).getBytes(UTF_8));
                    // a FIN, and then a reset because of the unread bytes
                    socket.shutdownOutput();
                },
                (req, res) -> {
                    writeUntilRefused(req);
                    answer.complete(res.header() + res.readText());
                });
        assertThat(failure).isNull();
        assertThat(answer).isCompletedWithValue("{\"no\":1}" + "n".repeat(length));
    }

    @Test
    void an_answer_that_ended_is_heard_though_the_handler_throws_what_the_write_threw() throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        StringBuffer text = new StringBuffer();
        Throwable failure = exchange(
                socket -> {
                    socket.getInputStream().read();
                    socket.getOutputStream().write("{}\n\nenough".getBytes(UTF_8));
                    socket.shutdownOutput();
                },
                (req, res) -> {
                    res.onText(text::append).onEnd(() -> end.complete(null));
                    while (true) {
                        req.write(new byte[10_000]);
                    }
                });
        assertThat(failure).isNull();
        assertThat(end).isCompleted();
        assertThat(text).hasToString("enough");
    }

    @Test
    void a_server_that_closes_without_a_word_is_a_loss() throws Exception {
        Throwable failure = exchange(socket -> socket.getInputStream().read(), (req, res) -> {
            writeUntilRefused(req);
            res.readAllBytes();
        });
        assertThat(failure).isInstanceOf(ConnectionLostException.class);
    }

    /**
     * Linux reports a reset once, to the reader or to the writer; the other one sees what looks like an end, or a
     * broken pipe.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reset_in_the_body_is_never_taken_for_its_end(boolean listening) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            int taken = random.nextInt(1, 200_000);
            int given = random.nextInt(0, 30_000);
            int piece = random.nextInt(1, 50_000);
            AtomicBoolean ended = new AtomicBoolean();
            Throwable failure = exchange(
                    socket -> {
                        socket.getInputStream().readNBytes(taken);
                        socket.getOutputStream().write(("{}\n\n" + "x".repeat(given)).getBytes(UTF_8));
                        socket.setSoLinger(true, 0);
                    },
                    (req, res) -> {
                        if (listening) {
                            res.onData(data -> {}).onEnd(() -> ended.set(true));
                            while (true) {
                                req.write(new byte[piece]);
                            }
                        }
                        writeUntilRefused(req);
                        res.readAllBytes();
                        ended.set(true);
                    });
            String name = "seed %d, round %d: taken %d, given %d, piece %d".formatted(SEED, round, taken, given, piece);
            assertThat(ended).as(name).isFalse();
            assertThat(failure).as(name).isInstanceOf(ConnectionLostException.class);
        }
    }

    /** The same, with reader and writer on threads of their own. */
    @Test
    void a_reset_while_one_thread_reads_and_one_writes_is_never_taken_for_an_end() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < 200; round++) {
            int taken = random.nextInt(1, 3_000_000);
            AtomicBoolean ended = new AtomicBoolean();
            Throwable failure = exchange(
                    socket -> {
                        socket.getOutputStream().write("{}\n\nhalf".getBytes(UTF_8));
                        socket.getInputStream().readNBytes(taken);
                        socket.setSoLinger(true, 0);
                    },
                    (req, res) -> {
                        Thread writer = new Thread(() -> writeUntilRefused(req));
                        writer.start();
                        res.readAllBytes();
                        ended.set(true);
                    });
            assertThat(ended)
                    .as("seed %d, round %d, taken %d", SEED, round, taken)
                    .isFalse();
            assertThat(failure).isInstanceOf(ConnectionLostException.class);
        }
    }
}
