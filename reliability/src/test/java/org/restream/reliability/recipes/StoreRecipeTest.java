package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    /**
     * The service of the Debian package with the recipe's options. Here is no systemd that could run it, so a shell splits the options
     * as systemd does, and a file stands for the journal, which gets all that the service prints. packaging/test runs the service itself.
     */
    @Test
    void as_a_service_it_takes_the_same_options_and_logs_the_same() throws Exception {
        needs("openssl", "jq");
        receiver.run(Recipe.of("store: prepare", receiver.path("srv")));
        String command = Recipe.of("store: listen", receiver.path("srv")).replaceAll("\\\\\n *", "");
        assertThat(command).startsWith("restream listen ").endsWith(" 2>> store.log\n");
        String options = command.replace("restream listen ", "").replace(" 2>> store.log\n", "");
        Files.writeString(receiver.path("default"), "RESTREAM_OPTIONS=\"" + options + "\"\n");
        Shell service = receiver.start(". ./default\nexec " + serviceStart() + " > journal 2>&1");
        eventually(
                "listening",
                () -> assertThat(Files.readString(receiver.path("journal"))).contains("\"listening\""));
        balance(Recipe.of("store: haproxy.cfg"));

        Files.copy(receiver.path("server.pem"), sender.path("server.pem"));
        sender.write("report.csv", 100_000);
        sender.run(Recipe.of("store: send"));

        String look = Recipe.of("store: look").lines().findFirst().orElseThrow();
        assertThat(look).startsWith("jq ").endsWith(" store.log");
        eventually(
                "the journal",
                () -> assertThat(receiver.run(look.replace("store.log", "journal")))
                        .containsPattern("Z\\t10\\.231\\.9\\.1:\\d+\\treport.csv\\n"));
        service.terminate().endsWith(0);
    }

    /** What the package's service runs, with the program where it is here. */
    private static String serviceStart() throws Exception {
        Path unit = Path.of(System.getProperty("basedir", "."), "..", "packaging", "deb", "files")
                .resolve("restream-listen.service");
        return Files.readAllLines(unit).stream()
                .filter(line -> line.startsWith("ExecStart=/usr/bin/"))
                .map(line -> line.replace("ExecStart=/usr/bin/", ""))
                .findFirst()
                .orElseThrow();
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
