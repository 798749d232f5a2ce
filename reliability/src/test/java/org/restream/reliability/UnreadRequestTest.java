package org.restream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.testing.JavaProcess;
import org.restream.testing.NodePeer;
import org.restream.testing.Pattern;

/** If a server answers without reading, its clients get the whole answer, whatever they have sent. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UnreadRequestTest {
    private static final int MOST = 600_000;
    private static final int SEED = 20_130_401;

    /** A client of some kind. */
    private interface Asking {
        /** Sends a request of that length; fails unless the answer is the pattern with that length. */
        void ask(int port, int request, int answer) throws Exception;
    }

    private static int askAll(int count, Asking client) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        AtomicInteger next = new AtomicInteger();
        try (RestreamServer server = Restream.createServer(
                        ServerOptions.defaults().listener(event -> {}),
                        (req, res) -> res.write(Pattern.bytes(SEED, next.get())))
                .listen(0)) {
            for (int n = 0; n < count; n++) {
                // evenly over the range, including both ends
                int request = (int) ((long) MOST * n / Math.max(1, count - 1));
                next.set(random.nextInt(MOST));
                client.ask(server.address().getPort(), request, next.get());
            }
        }
        return count;
    }

    private static void check(InputStream answer, int length, int request) throws IOException {
        byte[] all = answer.readAllBytes();
        new Pattern(SEED).check(all, 0, all.length);
        assertThat(all).as("the answer to a request of %d bytes", request).hasSize(length);
    }

    private static void askWithRestream(int port, int request, int answer) throws Exception {
        CompletableFuture<byte[]> came = new CompletableFuture<>();
        ClientOptions options = ClientOptions.defaults()
                .servers("127.0.0.1:" + port)
                .reconnect(Reconnect.UNTIL_CONNECTED)
                .listener(event -> {});
        try (RestreamClient client = Restream.createClient(options, (req, res) -> {
            req.header("a", 1);
            req.write(new byte[request]);
            req.end();
            came.complete(res.readAllBytes());
        })) {
            client.completion().get(30, TimeUnit.SECONDS);
        }
        check(new ByteArrayInputStream(came.join()), answer, request);
    }

    private static void askWithSocket(int port, int request, int answer) throws Exception {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("{\"a\":1}\n\n".getBytes(UTF_8));
            socket.getOutputStream().write(new byte[request]);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(4)).asString(UTF_8).isEqualTo("{}\n\n");
            check(in, answer, request);
        }
    }

    private static void check(Header result, int answer, int request) {
        assertThat(result)
                .as("the answer to a request of %d bytes", request)
                .containsEntry("length", (long) answer)
                .containsEntry("wrong", -1L)
                .containsEntry("end", true)
                .doesNotContainKey("error");
    }

    @Test
    void a_client_of_restream_gets_the_whole_answer() throws Exception {
        int whole = askAll(Scale.of(50, 200), UnreadRequestTest::askWithRestream);
        Figures.record("unread-restream", whole + " of " + whole + " with restream");
    }

    @Test
    void a_client_of_plain_sockets_gets_the_whole_answer() throws Exception {
        int whole = askAll(Scale.of(50, 200), UnreadRequestTest::askWithSocket);
        Figures.record("unread-socket", whole + " of " + whole + " with a plain socket");
    }

    @Test
    void a_client_in_node_gets_the_whole_answer() throws Exception {
        AtomicInteger port = new AtomicInteger();
        NodePeer[] node = new NodePeer[1];
        try {
            int whole = askAll(Scale.of(50, 200), (at, request, answer) -> {
                if (node[0] == null) {
                    port.set(at);
                    node[0] = NodePeer.start("client", at);
                }
                node[0].ask(Header.of("seed", SEED, "send", request));
                check(node[0].result(), answer, request);
            });
            Figures.record("unread-node", whole + " of " + whole + " in Node");
        } finally {
            if (node[0] != null) {
                node[0].close();
            }
        }
    }

    /** The server reads and discards everything before it answers. */
    @Test
    void the_command_listen_with_a_reply_gives_it_whole() throws Exception {
        String reply = "r".repeat(100_000);
        int count = Scale.of(20, 200);
        try (JavaProcess listen = JavaProcess.command("listen", "--port=0", "--reply", reply)) {
            String line = listen.line();
            int port = Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:([0-9]+).*", "$1"));
            // its output must not fill the pipe
            Thread notes = new Thread(() -> {
                try {
                    while (listen.line() != null) {
                        // dropped
                    }
                } catch (IOException e) {
                    // killed
                }
            });
            notes.setDaemon(true);
            notes.start();
            for (int n = 0; n < count; n++) {
                int request = (int) ((long) MOST * n / (count - 1));
                CompletableFuture<String> came = new CompletableFuture<>();
                ClientOptions options =
                        ClientOptions.defaults().servers("127.0.0.1:" + port).reconnect(Reconnect.UNTIL_CONNECTED);
                try (RestreamClient client = Restream.createClient(options, (req, res) -> {
                    req.write(new byte[request]);
                    req.end();
                    came.complete(res.readText());
                })) {
                    client.completion().get(30, TimeUnit.SECONDS);
                }
                assertThat(came.join()).isEqualTo(reply);
            }
        }
        Figures.record("unread-reply", count + " of " + count + " from `listen --reply`");
    }
}
