package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dump for one of two servers, of which the first is down. A script makes the dump, because there is no database. */
class DumpTest extends OnHosts {
    private static final String DUMP = "[ \"$*\" = orders ]\nseq -f 'INSERT INTO orders VALUES (%.0f);' 200000\n";

    /** A dump that breaks off half-way, when the other end of the pipe {@code break} is opened. */
    private static final String HALF_A_DUMP = DUMP + "cat break\necho 'connection to server was lost' >&2\nexit 1\n";

    private Path backup;

    @BeforeEach
    void makeFolder() throws Exception {
        backup = Files.createDirectory(receiver.path("backup"));
    }

    @ParameterizedTest
    @EnumSource(names = {"DUMP", "DUMP_IN_README"})
    @Runs({Block.DUMP, Block.DUMP_IN_README})
    void it_is_stored_whole_on_the_one_that_is_there(Block block) throws Exception {
        sender.install("pg_dump", DUMP);
        receiver.start(listen(block)).saying("listening");
        sender.start(block.line(1)).endsWith(0).saying("can't connect to backup-a:");
        sender.run("pg_dump orders > expected");
        assertThat(receiver.sum("backup/orders.sql")).isEqualTo(sender.sum("expected"));
        assertThat(stored()).containsExactlyInAnyOrder("orders.sql", "orders.sql.json");
    }

    @ParameterizedTest
    @EnumSource(names = {"DUMP", "DUMP_IN_README"})
    @Runs({Block.DUMP, Block.DUMP_IN_README})
    void one_that_breaks_off_is_not_stored(Block block) throws Exception {
        sender.install("pg_dump", HALF_A_DUMP);
        sender.run("mkfifo break");
        Shell listen = receiver.start(listen(block)).saying("listening");
        Shell send = sender.start(block.line(1));
        Awaitility.await("a part of the dump at the receiver").until(this::hasPart);
        sender.run(": > break");
        send.endsWith(1).saying("connection to server was lost");
        listen.terminate().endsWith(0);
        assertThat(stored()).isEmpty();
    }

    private String listen(Block block) {
        return block.line(0).replaceFirst("/backup ", backup + " ");
    }

    private Stream<String> stored() throws Exception {
        try (Stream<Path> files = Files.list(backup)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private boolean hasPart() throws Exception {
        try (Stream<Path> files = Files.list(backup)) {
            for (Path file : files.toList()) {
                if (Files.size(file) > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
