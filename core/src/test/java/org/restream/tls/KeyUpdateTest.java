package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.testing.JavaProcess;
import org.restream.testing.Pattern;
import org.restream.testing.Pieces;
import org.restream.testing.TestCa;

/**
 * TLS changes its keys after a number of bytes (RFC 8446, section 4.6.3), here inside two bodies. The JDK's default is
 * 2^37.
 */
class KeyUpdateTest {
    private static final long LENGTH = 16L << 20;

    /** An echo server in a JVM that changes its keys after 1 MiB. */
    public static final class Echo {
        public static void main(String... unused) throws Exception {
            TestCa ca = new TestCa();
            ServerOptions options = ServerOptions.defaults().tls(ca.context(ca.issue("127.0.0.1")));
            Pattern back = new Pattern(5);
            try (RestreamServer server = Restream.createServer(options, (req, res) -> req.transferTo(res))
                    .listen(0)) {
                ClientOptions to = ClientOptions.defaults()
                        .servers("127.0.0.1:" + server.address().getPort())
                        .tls(ca.context())
                        .reconnect(Reconnect.UNTIL_CONNECTED);
                try (RestreamClient client = Restream.createClient(to, (req, res) -> {
                    res.onData(data -> back.check(data, 0, data.length));
                    Pieces.write(req, new Pattern(5), LENGTH, 30_000);
                    req.end();
                })) {
                    client.completion().get(40, TimeUnit.SECONDS);
                }
            }
            System.out.println(back.position());
        }
    }

    @Test
    void keys_change_in_the_midst_of_both_bodies(@TempDir Path folder) throws Exception {
        Path limits = Files.writeString(
                folder.resolve("security"),
                "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^20, ChaCha20-Poly1305 KeyUpdate 2^20\n");
        try (JavaProcess echo = JavaProcess.start(List.of("-Djava.security.properties=" + limits), Echo.class)) {
            assertThat(echo.line()).isEqualTo(String.valueOf(LENGTH));
            assertThat(echo.exitCode()).isZero();
        }
    }
}
