package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** The units, as far as they can be tried without systemd as the system's first process. */
class SystemdRecipeTest extends OnRecipeHosts {
    @BeforeEach
    void write() throws Exception {
        for (String unit : new String[] {"restream-listen.service", "restream-dump.service", "restream-dump.timer"}) {
            Files.writeString(receiver.path(unit), here(Recipe.of("systemd: " + unit)));
        }
        receiver.install("nightly-dump", Recipe.of("dump: nightly-dump"));
    }

    /** A unit's text, with the programs in the folder where they are here. */
    private String here(String text) {
        return text.replace("/usr/local/bin", receiver.programs().toString());
    }

    @Test
    @Runs({
        "systemd: restream-listen.service",
        "systemd: restream-dump.service",
        "systemd: restream-dump.timer",
        "systemd: check"
    })
    void systemd_accepts_them() throws Exception {
        needs("systemd-analyze");
        Shell check = receiver.start(Recipe.of("systemd: check")).endsWith(0);
        assertThat(check.printed() + check.said()).isEmpty();
    }

    @Test
    void the_receiver_is_confined() throws Exception {
        needs("systemd-analyze");
        receiver.run("systemd-analyze security --offline=true --threshold=25 restream-listen.service");
    }

    @Test
    void the_receiver_ends_by_sigterm_with_status_0_when_its_exchanges_have_ended() throws Exception {
        Path store = srv("lib");
        String start = Recipe.of("systemd: restream-listen.service")
                .lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> here(line.replace("ExecStart=", "").replace("/var/lib/restream", store.toString())))
                .findFirst()
                .orElseThrow();
        Shell listen = receiver.start("exec " + start).saying("listening");
        sender.run("mkfifo go");
        Shell send = sender.start("restream send -s backup -H name=a --exec 'echo begun; echo begun >&2; cat go'");
        eventually(
                "a part",
                () -> assertThat(receiver.run("cat srv/lib/.restream-*")).isEqualTo("begun\n"));
        listen.terminate();
        eventually(
                "no new connections",
                () -> assertThat(receiver.run("ss -Hltn sport = :9967")).isEmpty());
        sender.run(": > go");
        send.endsWith(0);
        listen.endsWith(0);
        assertThat(Files.readString(store.resolve("a"))).isEqualTo("begun\n");
    }
}
