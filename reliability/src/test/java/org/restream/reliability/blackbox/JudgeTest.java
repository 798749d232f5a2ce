package org.restream.reliability.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges commands that each do one thing wrong: an error that the judge misses here, it would miss everywhere. */
class JudgeTest {
    @TempDir
    static Path folder;

    private static Command right;
    private static Path script;
    private static Lane lane;

    @BeforeAll
    static void install() throws Exception {
        assumeTrue(Stream.of("sha256sum", "bash", "cmp").allMatch(Programs::has), "sha256sum, bash and cmp are needed");
        right = BuiltCommand.install(folder.resolve("restream"));
        script = Files.createFile(folder.resolve("wrong"));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Command wrong = new Command(script, right.javaHome(), right.version());
        lane = new Lane(List.of(wrong), folder.resolve("lane"), 9);
    }

    @AfterAll
    static void close() throws Exception {
        if (lane != null) {
            lane.close();
        }
    }

    /** Judges a send that is this shell script, in which {@code $restream} is the correct command. */
    private static Verdict judge(String send, String plan) throws Exception {
        Files.writeString(script, """
                #!/bin/bash
                restream=%s
                [[ $1 == send ]] || exec $restream "$@"
                %s
                """.formatted(Programs.quoted(right.executable()), send));
        return Transfer.judge(Plan.parse(plan), lane, new Tally());
    }

    @Test
    void what_is_right_is_right() throws Exception {
        assertThat(judge("exec $restream \"$@\"", "source=cat size=1000")).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void a_byte_that_is_lost_is_seen() throws Exception {
        String send = "head -c -1 | $restream \"$@\"";
        assertThat(judge(send, "source=cat size=1000").rule()).isEqualTo(Rule.STORED);
        assertThat(judge(send, "source=cat size=1000 sink=stdout").rule()).isEqualTo(Rule.RECEIVED);
        assertThat(judge(send, "source=cat size=1000 sink=echo").rule()).isEqualTo(Rule.ANSWERED);
        assertThat(judge(send, "source=cat size=1000 sink=exec-sum").rule()).isEqualTo(Rule.RECEIVED);
    }

    @Test
    void a_byte_that_comes_twice_is_seen() throws Exception {
        String send = "{ cat; printf x; } | $restream \"$@\"";
        assertThat(judge(send, "source=cat size=1000").rule()).isEqualTo(Rule.NO_OTHER_BYTES);
        assertThat(judge(send, "source=cat size=1000 sink=once").rule()).isEqualTo(Rule.NO_OTHER_BYTES);
    }

    @Test
    void a_body_that_comes_twice_is_seen() throws Exception {
        String send = "cat >\"$TMPDIR.body\"; for i in 1 2; do $restream \"$@\" <\"$TMPDIR.body\" || exit; done";
        assertThat(judge(send, "source=cat size=1000 named=false").rule()).isEqualTo(Rule.RECEIVED);
        assertThat(judge(send, "source=cat size=1000 sink=stdout").rule()).isEqualTo(Rule.RECEIVED);
    }

    @Test
    void a_status_0_for_nothing_is_seen() throws Exception {
        assertThat(judge("cat >/dev/null", "source=cat size=1000").rule()).isEqualTo(Rule.NOT_FOR_NOTHING);
        assertThat(judge("cat >/dev/null; echo {} >&2", "source=cat size=1000").rule())
                .isEqualTo(Rule.RECEIVED);
    }

    @Test
    void who_does_not_come_back_is_seen() throws Exception {
        assertThat(judge("cat >/dev/null; exit 3", "source=cat size=1000").rule())
                .isEqualTo(Rule.COMES_BACK);
    }

    @Test
    void what_is_left_is_seen() throws Exception {
        String send = "touch \"$TMPDIR/left\"; exec $restream \"$@\"";
        assertThat(judge(send, "source=cat size=1000").rule()).isEqualTo(Rule.STORED);
    }

    @Test
    void what_hangs_is_seen_and_named() throws Exception {
        Verdict verdict = judge("exec sleep 1000", "source=cat size=1000 bound=1000");
        assertThat(verdict.rule()).isEqualTo(Rule.ENDS);
        assertThat(verdict.detail()).startsWith("the sender (process ");
    }
}
