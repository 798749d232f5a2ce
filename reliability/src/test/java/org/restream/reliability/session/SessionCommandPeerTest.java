package org.restream.reliability.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.reliability.Listening;
import org.restream.testing.CuttingRelay;
import org.restream.testing.CuttingRelay.Cut;
import org.restream.testing.CuttingRelay.How;

/** The peer in JavaScript with the command on the other side, over connections that are cut. */
class SessionCommandPeerTest {
    private static final int LENGTH = 3_000_000;
    private static final int CUTS = 4;

    @TempDir
    Path folder;

    @Test
    void listen_stores_what_it_sends() throws Exception {
        Path incoming = Files.createDirectory(folder.resolve("incoming"));
        try (Listening listen = Listening.start("--sessions", "--output", incoming.toString());
                CuttingRelay relay = relay(listen.address());
                JavaScriptPeer peer = new JavaScriptPeer(folder, "send", port(relay), "a.bin", LENGTH)) {
            Header sent = peer.next();
            assertThat(sent.getLong("resumed")).isEqualTo(CUTS);
            assertThat(sha256(incoming.resolve("a.bin"))).isEqualTo(sent.getString("sent"));
        }
    }

    @Test
    void it_takes_what_send_sends() throws Exception {
        byte[] content = new byte[LENGTH];
        new SplittableRandom(4).nextBytes(content);
        Path file = Files.write(folder.resolve("b.bin"), content);
        try (JavaScriptPeer peer = new JavaScriptPeer(folder, "server", 0);
                CuttingRelay relay = relay(new InetSocketAddress(
                        "127.0.0.1", peer.next().getLong("port").intValue()))) {
            Process send = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "org.restream.cli.Main",
                            "send",
                            "--session",
                            "-s",
                            relay.address(),
                            file.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("send.log").toFile())
                    .start();
            try {
                assertThat(peer.next().getString("received")).isEqualTo(sha256(file));
                assertThat(send.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(send.exitValue())
                        .as(Files.readString(folder.resolve("send.log")))
                        .isZero();
                assertThat(peer.isQuiet()).isTrue();
                assertThat(relay.connections()).isEqualTo(CUTS + 1);
            } finally {
                send.destroyForcibly();
            }
        }
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static String port(CuttingRelay relay) {
        return relay.address().replaceFirst(".*:", "");
    }

    /** Cuts the first connections of the client's bytes. */
    private static CuttingRelay relay(InetSocketAddress server) throws Exception {
        return new CuttingRelay(
                server,
                connection -> connection > CUTS
                        ? null
                        : new Cut(true, connection * 150_000L, connection % 2 == 0 ? How.FIN : How.RST));
    }
}
