package org.restream.internal.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;

/** A JVM that uses IPv4 only, by choice or because there is nothing else, and a server with an IPv6 address. */
class OneFamilyTest {
    @Test
    void an_address_of_a_family_that_the_JVM_does_not_use_is_a_failure_like_others() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OneFamilyTest.class.getName())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(new String(jvm.getInputStream().readAllBytes(), UTF_8).lines())
                    .containsExactly(
                            "can't connect to [::1]:9: this JVM has no protocol for the address 0:0:0:0:0:0:0:1",
                            "can't connect to two.example:9: this JVM has no protocol for the address 0:0:0:0:0:0:0:1");
        } finally {
            jvm.destroyForcibly();
        }
    }

    /** Runs in the other JVM. The second name has two addresses, so there is a race. */
    public static void main(String[] args) throws Exception {
        Lookup lookup =
                new Lookup(host -> new InetAddress[] {InetAddress.getByName("::1"), InetAddress.getByName("::2")});
        Connector connector =
                new Connector(Duration.ofSeconds(30), lookup, Timer.system(), (connection, server) -> connection);
        for (String host : new String[] {"::1", "two.example"}) {
            try {
                connector.connect(new ServerAddress(host, 9)).abort();
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
