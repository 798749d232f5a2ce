package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a server does with a request. Both commands run on one host, because most of the servers listen at loopback
 * only.
 */
class ListenTest extends OnHosts {
    private Host host;

    @BeforeEach
    void makeBody() throws Exception {
        host = receiver;
        host.write("body", 300_000);
    }

    @Test
    @Runs(Block.LISTEN)
    void to_stdout() throws Exception {
        Shell listen = host.start(Block.LISTEN.line(0)).saying("listening");
        host.run("restream send body");
        listen.endsWith(0);
        host.run("cmp body copy.bin");
    }

    @Test
    @Runs(Block.LISTEN)
    void an_echo() throws Exception {
        host.start(Block.LISTEN.line(1)).saying("listening");
        host.start("restream send -i -q -H color=blue body > answer")
                .endsWith(0)
                .saying("\"color\":\"blue\"");
        host.run("cmp body answer");
    }

    @Test
    @Runs(Block.LISTEN)
    void a_fixed_answer() throws Exception {
        host.start(Block.LISTEN.line(2)).saying("listening");
        Shell send = host.start("restream send -i body").endsWith(0).saying("{\"by\":\"a\"}");
        assertThat(send.printed()).isEqualTo("ok");
    }

    @Test
    @Runs(Block.LISTEN)
    void into_files() throws Exception {
        Path backup = Files.createDirectory(host.path("backup"));
        host.start(Block.LISTEN.line(3).replace("/backup", backup.toString())).saying("listening");
        host.run("restream send -H db=orders body");
        List<String> stored;
        try (Stream<Path> files = Files.list(backup)) {
            stored = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(stored).hasSize(2);
        assertThat(stored.get(0)).matches("orders-\\d{8}T\\d{6}Z\\.sql");
        assertThat(stored.get(1)).isEqualTo(stored.get(0) + ".json");
        host.run("cmp body 'backup/" + stored.get(0) + "'");
    }

    @Test
    @Runs(Block.LISTEN)
    void into_a_command() throws Exception {
        host.start(Block.LISTEN.line(4)).saying("listening");
        host.run("restream send body > body.gz");
        host.run("gzip -dc body.gz > answer; cmp body answer");
    }
}
