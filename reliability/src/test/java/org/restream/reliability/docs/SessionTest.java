package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A file sent over a session. */
class SessionTest extends OnHosts {
    @Test
    @Runs(Block.SESSION)
    void the_file_is_there() throws Exception {
        sender.write("big.tar", 3_000_000);
        Files.createDirectory(receiver.path("backup"));
        receiver.start(Block.SESSION.line(0).replaceFirst("/backup ", receiver.path("backup") + " "))
                .saying("listening");
        sender.run(Block.SESSION.line(1));
        assertThat(receiver.sum("backup/big.tar")).isEqualTo(sender.sum("big.tar"));
    }
}
