package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.reliability.session.Transfers.Seen;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;

/** The peer of session-peer.mjs, in both roles, with this library on the other side. */
class SessionPeerTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "..", "docs", "session.md");
    private static final int EXCHANGES = 8;
    private static final int LENGTH = 2_000_000;
    private static final int CUTS = 8;

    @TempDir
    Path folder;

    @Test
    void its_codec_plays_each_vector_of_the_page() throws Exception {
        try (JavaScriptPeer peer = new JavaScriptPeer(folder, "vectors", PAGE.toAbsolutePath())) {
            assertThat(peer.next()).hasToString("{\"played\":" + counts(Files.readString(PAGE)) + "}");
        }
    }

    /** How many vectors the page says that it has. */
    private static String counts(String page) {
        List<String> counts = new ArrayList<>();
        for (String kind : List.of("frames", "hello", "proof", "crc32c")) {
            String row = page.lines()
                    .filter(line -> line.matches("\\| `" + kind + "` \\| \\d+ \\|.*"))
                    .findFirst()
                    .orElseThrow();
            counts.add('"' + kind + "\":" + row.split("\\|")[2].strip());
        }
        return "{" + String.join(",", counts) + "}";
    }

    @Test
    void it_is_small_and_needs_nothing_but_node() throws Exception {
        List<String> lines = JavaScriptPeer.source(JavaScriptPeer.PEER).lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(400);
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(lines.stream().filter(line -> line.startsWith("import ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(" from 'node:"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void as_a_client_it_goes_on_after_each_cut(long seed) throws Exception {
        Transfers transfers = new Transfers(LENGTH, seed);
        try (RestreamServer server =
                        Restream.createServer(sessions(), transfers::answer).listen(0);
                CuttingRelay relay = relay(server.address(), seed);
                JavaScriptPeer peer = new JavaScriptPeer(folder, "client", port(relay), EXCHANGES, LENGTH)) {
            List<Header> exchanges = peer.next(EXCHANGES);
            assertThat(peer.next().getLong("resumed")).isGreaterThanOrEqualTo(3);
            check(transfers, exchanges);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void as_a_server_it_goes_on_after_each_cut(long seed) throws Exception {
        Transfers transfers = new Transfers(LENGTH, seed);
        try (JavaScriptPeer peer = new JavaScriptPeer(folder, "server", LENGTH);
                CuttingRelay relay = relay(
                        new InetSocketAddress(
                                "127.0.0.1", peer.next().getLong("port").intValue()),
                        seed);
                RestreamSession session = Restream.createSession(
                        ClientOptions.defaults().servers(relay.address()).listener(event -> {}))) {
            List<CompletableFuture<Long>> all = new ArrayList<>();
            for (long id = 1; id <= EXCHANGES; id++) {
                long each = id;
                all.add(session.exchangeAsync((req, res) -> {
                    transfers.ask(each, req, res);
                    return each;
                }));
            }
            for (CompletableFuture<Long> each : all) {
                each.get(50, TimeUnit.SECONDS);
            }
            check(transfers, peer.next(EXCHANGES));
            assertThat(peer.isQuiet()).isTrue();
        }
    }

    /** Both sides saw the same bytes in each exchange, and each handler was called once. */
    private static void check(Transfers java, List<Header> javaScript) {
        // a handler of the server's may still be about to note what it saw
        await().atMost(20, TimeUnit.SECONDS).until(() -> java.seen().size() == EXCHANGES);
        assertThat(java.calls().values()).hasSize(EXCHANGES).containsOnly(1);
        assertThat(javaScript).hasSize(EXCHANGES);
        for (Header each : javaScript) {
            assertThat(java.seen().get(each.getLong("id")))
                    .as("exchange %s", each)
                    .isEqualTo(new Seen(each.getString("received"), each.getString("sent")));
        }
    }

    private static ServerOptions sessions() {
        return ServerOptions.defaults()
                .port(0)
                .sessions(SessionLimits.defaults())
                .listener(event -> {});
    }

    private static String port(CuttingRelay relay) {
        return relay.address().replaceFirst(".*:", "");
    }

    private static CuttingRelay relay(InetSocketAddress server, long seed) throws Exception {
        System.out.println("cuts of seed " + seed);
        return new CuttingRelay(server, connection -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + connection);
            return connection > CUTS
                    ? null
                    : new Cut(
                            random.nextBoolean(),
                            500 + random.nextInt(1_500_000),
                            random.nextBoolean() ? How.FIN : How.RST);
        });
    }
}
