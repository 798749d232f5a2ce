package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** A store behind a balancer, as somebody new builds it. */
class StoreRecipeTest extends BehindProxy {
    private static final List<String> COMMANDS =
            List.of("store: prepare", "store: listen", "store: haproxy", "store: send", "store: look");

    @Test
    @Runs({"store: prepare", "store: listen", "store: haproxy.cfg", "store: haproxy", "store: send", "store: look"})
    void an_upload_is_stored_logged_and_counted() throws Exception {
        needs("openssl", "jq", "curl");
        receiver.run(Recipe.of("store: prepare", receiver.path("srv")));
        Shell listen = receiver.start(Recipe.of("store: listen", receiver.path("srv")));
        eventually(
                "listening",
                () -> assertThat(Files.readString(receiver.path("store.log"))).contains("\"listening\""));

        Files.writeString(sender.path("haproxy.cfg"), Recipe.of("store: haproxy.cfg"));
        sender.run("PATH=$PATH:/usr/sbin\n" + Recipe.of("store: haproxy"));

        Files.copy(receiver.path("server.pem"), sender.path("server.pem"));
        sender.write("report.csv", 3_000_000);
        assertThat(sender.run(Recipe.of("store: send"))).contains("\"name\":\"report.csv\",\"size\":3000000");
        sameContent("report.csv", "srv/store/report.csv");

        eventually(
                "the log and the counts",
                () -> assertThat(receiver.run(Recipe.of("store: look")))
                        .containsPattern("Z\\t10\\.231\\.9\\.1:\\d+\\treport.csv\\n")
                        .contains("\nok\n")
                        .contains("restream_listen_files_stored_total 1.0\n"));
        assertThat(Files.readString(receiver.path("store.log")))
                .doesNotContain("noRequest")
                .doesNotContain("rejected");
        listen.terminate().endsWith(0);
    }

    @Test
    void it_takes_few_commands() throws Exception {
        int commands = 0;
        for (String block : COMMANDS) {
            commands += Recipe.of(block).replace("\\\n", " ").strip().split("\n").length;
        }
        // and three to install restream and HAProxy
        assertThat(commands).isLessThanOrEqualTo(11);
    }
}
