package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server and a client with certificates by openssl. */
class TlsTest extends OnHosts {
    @ParameterizedTest
    @CsvSource({"TLS_IN_README, orders.sql", "TLS, report.csv"})
    @Runs({Block.TLS_IN_README, Block.TLS})
    void the_file_is_there(Block block, String file) throws Exception {
        sender.write(file, 1_000_000);
        Certificates.issue(receiver, "server", "DNS:backup-a.example");
        Certificates.issue(sender, "client", "DNS:client.example");
        Certificates.trust(receiver, sender);
        Files.createDirectory(receiver.path("backup"));
        receiver.start(block.line(0).replaceFirst("/backup ", receiver.path("backup") + " "))
                .saying("listening");
        sender.run(block.line(1));
        assertThat(receiver.sum("backup/" + file)).isEqualTo(sender.sum(file));
    }
}
