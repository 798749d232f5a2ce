package org.restream.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.testing.TestCa;

/** TLS handshakes that never end: silent, stopped half-way, and one byte at a time. */
class EndlessHandshakesTest {
    private static final int EACH = Scale.of(70, 1_000);
    private static final Duration HEADER_TIMEOUT = Duration.ofSeconds(Scale.of(5, 10));
    private static final TestCa CA = new TestCa();

    @TempDir
    private Path folder;

    @Test
    void they_hold_up_nobody_and_are_cut() throws Exception {
        SSLContext trusting = CA.context();
        byte[] hello = hello(trusting);
        byte[] half = Arrays.copyOf(hello, hello.length / 2);
        try (Victim victim =
                Victim.start("256m", "headerTimeout=" + HEADER_TIMEOUT.toMillis(), "tls=" + keyStore("127.0.0.1"))) {
            Honest honest = new Honest(victim.address(), trusting);
            honest.slowest();
            try (Crowd silent = Crowd.of(EACH, victim.address());
                    Crowd stopped = Crowd.of(EACH, victim.address());
                    Crowd slow = Crowd.of(EACH, victim.address())) {
                stopped.say(half);
                try (AutoCloseable dripping = slow.drip(half, Duration.ofMillis(200))) {
                    Duration behind = honest.one();
                    Duration slowest = honest.slowest();
                    int cut = 0;
                    for (Crowd crowd : new Crowd[] {silent, stopped, slow}) {
                        cut += crowd.awaitCut(EACH, HEADER_TIMEOUT.plusSeconds(20))
                                .all();
                    }
                    Duration last = silent.age();
                    assertThat(slowest).isLessThan(Crowd.patience());
                    assertThat(behind).isLessThan(Crowd.patienceBehind());
                    assertThat(cut).isEqualTo(3 * EACH);
                    assertThat(honest.tell().getLong("rejected")).isEqualTo(3L * EACH);
                    Figures.record(
                            "endless-handshakes",
                            String.format(
                                    Locale.ROOT,
                                    "%,d handshakes that never end (silent, half a ClientHello, a byte at a time): the"
                                            + " slowest of 10 honest TLS exchanges took %.3f s, and one right behind their"
                                            + " arrival %.3f s; all were reset, the last one %.1f s after the first had come (headerTimeout %.0f s)",
                                    3 * EACH,
                                    Crowd.seconds(slowest),
                                    Crowd.seconds(behind),
                                    Crowd.seconds(last),
                                    Crowd.seconds(HEADER_TIMEOUT)));
                }
            }
        }
    }

    private static byte[] hello(SSLContext context) throws Exception {
        SSLEngine engine = context.createSSLEngine("127.0.0.1", 9967);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    private Path keyStore(String name) throws Exception {
        TestCa.Identity identity = CA.issue(name);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate[] chain = {identity.certificate()};
        store.setKeyEntry("own", identity.keys().getPrivate(), Victim.PASSWORD.toCharArray(), chain);
        Path file = folder.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, Victim.PASSWORD.toCharArray());
        }
        return file;
    }
}
