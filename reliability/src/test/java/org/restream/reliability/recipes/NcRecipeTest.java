package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.reliability.blackbox.Programs;
import org.restream.reliability.docs.Host;
import org.restream.reliability.docs.Shell;

/** Peers in nc, in both roles, by each program of that name that is installed. */
class NcRecipeTest extends OnRecipeHosts {
    @Test
    @Runs("nc: client")
    void a_client() throws Exception {
        installOpenBsd(sender);
        Path store = srv("store");
        receiver.start("restream listen --host 0.0.0.0 --output " + store).saying("listening");
        assertThat(sender.run(Recipe.of("nc: client"))).startsWith("{\"name\":\"hello.txt\",\"size\":8,");
        assertThat(Files.readString(store.resolve("hello.txt"))).isEqualTo("from nc\n");
    }

    @Test
    @Runs("nc: server")
    void a_server() throws Exception {
        needs("socat");
        receiver.start(Recipe.of("nc: server"));
        awaitListener(receiver);
        assertThat(sender.run("echo hello | restream send -s backup")).isEqualTo("thank you\n");
        assertThat(Files.readString(receiver.path("request"))).isEqualTo("{}\n\nhello\n");
    }

    @Test
    void openbsds_nc_is_no_server() throws Exception {
        installOpenBsd(receiver);
        receiver.run("mkfifo answer");
        receiver.start("cat answer | nc -N -l 9967 > request");
        awaitListener(receiver);
        sender.start("echo hello | restream send -s backup --max-failures 1")
                .endsWith(3)
                .saying("without sending a byte");
    }

    @ParameterizedTest
    @CsvSource({
        "nc.openbsd,  nc.openbsd -N backup 9967",
        "ncat,        ncat backup 9967",
        "busybox,     busybox nc backup 9967",
        "socat,       socat -t 60 - TCP:backup:9967"
    })
    void each_program_gets_an_answer_that_comes_late(String program, String command) throws Exception {
        needs(program);
        answerAfterASecond();
        assertThat(sender.run("printf '{}\\n\\nhello\\n' | " + command)).isEqualTo("{}\n\nhello\n");
    }

    @ParameterizedTest
    @CsvSource({
        "socat,          socat - TCP:backup:9967,           0",
        "nc.traditional, nc.traditional -q 0 backup 9967,   0",
        "nc.openbsd,     timeout 3 nc.openbsd backup 9967,  124",
        "nc.traditional, timeout 3 nc.traditional backup 9967, 124"
    })
    void others_get_none(String program, String command, int status) throws Exception {
        needs(program);
        answerAfterASecond();
        Shell client = sender.start("{ printf '{}\\n\\nhello\\n' | " + command + "; } && exit 0 || exit $?");
        assertThat(client.endsWith(status).printed()).isEmpty();
    }

    @Test
    void a_cut_looks_like_an_end() throws Exception {
        needs("nc.openbsd");
        receiver.start("restream listen --host 0.0.0.0 --exec 'cat; exit 1'").saying("listening");
        sender.start("printf '{}\\n\\nhello\\n' | nc.openbsd -N backup 9967").endsWith(0);
    }

    private void answerAfterASecond() throws Exception {
        receiver.start("restream listen --host 0.0.0.0 --exec-whole 'read -r line; sleep 1; echo \"$line\"'")
                .saying("listening");
    }

    /** Makes OpenBSD's nc the host's nc, also if the system's own is another one. */
    static void installOpenBsd(Host host) throws Exception {
        assumeTrue(Programs.has("nc.openbsd"), "there is no \"nc.openbsd\" on the PATH (netcat-openbsd)");
        host.install("nc", "exec nc.openbsd \"$@\"\n");
    }
}
