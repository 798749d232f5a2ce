package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.blackbox.Programs;

/** The examples, each a single file that java runs directly. */
class ExamplesTest extends OnHosts {
    private Host host;

    /** Makes the working folder look like a checkout in which the demo has run. */
    @BeforeEach
    void checkOut() throws Exception {
        Path library = Path.of(Class.forName("org.restream.Restream")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assumeTrue(Files.isRegularFile(library), "the library is not packaged: \"mvn package\" does it");
        Path cli = Path.of(Class.forName("org.restream.cli.Main")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        host = receiver;
        host.run("mkdir -p cli/target/quick examples");
        host.run("cp -R " + Programs.quoted(cli.getParent()) + " cli/target/quick/lib");
        host.run("cp -R " + Programs.quoted(Document.ROOT.resolve("examples/src")) + " examples");
    }

    @Test
    @Runs(Block.EXAMPLE)
    void failover() throws Exception {
        assertThat(host.run(Block.EXAMPLE.text())).contains("the answer: you found me\n");
    }

    @Test
    void echo() throws Exception {
        assertThat(host.run(command("Echo"))).isEqualTo("Is anybody there?\n");
    }

    @Test
    void feed() throws Exception {
        Shell feed = host.start(command("Feed")).printing("1 it is ").printing("2 it is ");
        feed.terminate().endsWith(143);
    }

    @Test
    void send_file_and_receive_files() throws Exception {
        host.write("photos.tar", 1_000_000);
        Files.createDirectory(host.path("incoming"));
        Shell receive = host.start(command("ReceiveFiles") + " incoming");
        assertThat(host.run(command("SendFile") + " photos.tar")).isEqualTo("photos.tar: {\"size\":1000000}\n");
        assertThat(host.sum("incoming/photos.tar")).isEqualTo(host.sum("photos.tar"));
        receive.terminate().endsWith(143);
    }

    @Test
    void secure_echo() throws Exception {
        Certificates.issue(host, "server", "DNS:localhost");
        Certificates.issue(host, "client", "DNS:client.example");
        Certificates.trustBoth(host);
        for (String name : new String[] {"server", "client"}) {
            host.run("openssl pkcs12 -export -in %1$s.pem -inkey %1$s.key -passout pass:secret -out %1$s.p12"
                    .formatted(name));
        }
        assertThat(host.run(command("SecureEcho") + " server.p12 client.p12 secret ca.pem"))
                .contains("CN=client")
                .endsWith("Is anybody there?\n");
    }

    /** The documented command, which is for Failover, for another example. */
    private static String command(String example) {
        return Block.EXAMPLE.text().strip().replace("Failover", example);
    }
}
