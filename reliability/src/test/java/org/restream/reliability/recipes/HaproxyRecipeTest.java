package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** HAProxy at the sender's host, in front of two receivers that are at two ports of the other host. */
class HaproxyRecipeTest extends OnRecipeHosts {
    private static final String SEND = "restream send ";

    @BeforeEach
    void prepare() throws Exception {
        needs("haproxy");
    }

    @Test
    @Runs({"haproxy: haproxy.cfg", "haproxy: check"})
    void haproxy_accepts_the_file() throws Exception {
        configure("", "");
        sender.run("PATH=$PATH:/usr/sbin\n" + Recipe.of("haproxy: check"));
    }

    @Test
    void an_upload_arrives_and_health_checks_are_not_logged() throws Exception {
        configure("inter 2s", "inter 20ms");
        srv("store");
        Shell listen = receiver.start("restream listen --host 0.0.0.0 --output srv/store")
                .saying("listening");
        start();
        sender.write("file", 3_000_000);
        sender.run(SEND + "file");
        sameContent("file", "srv/store/file");
        // HAProxy has checked it some ten times by now
        assertThat(listen.said().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("listening"))
                .anyMatch(line -> line.contains("stored file"));
    }

    @Test
    void an_answer_may_come_long_after_the_request() throws Exception {
        configure("", "");
        answerAfterASecond();
        start();
        Shell send = sender.start("echo hello | " + SEND).endsWith(0);
        assertThat(send.printed()).isEqualTo("hello\n");
        assertThat(send.said()).doesNotContain("lost");
    }

    @Test
    void server_fin_cuts_such_an_answer() throws Exception {
        configure("option tcpka", "timeout server-fin 100ms");
        answerAfterASecond();
        start();
        sender.start("echo hello | " + SEND + "--max-failures 1").endsWith(3).saying("gave up");
    }

    @Test
    void another_receiver_is_used_when_one_is_gone() throws Exception {
        configure("inter 2s", "inter 100ms");
        srv("store");
        start();
        sender.write("file", 1_000);
        Shell send = sender.start(SEND + "file").saying("next attempt");
        for (String port : new String[] {"9967", "9968"}) {
            Shell listen = receiver.start("restream listen --host 0.0.0.0 --output srv/store -p " + port)
                    .saying("listening");
            send.endsWith(0);
            listen.terminate().endsWith(0);
            send = sender.start(SEND + "-H name=other file");
        }
        assertThat(files(srv("store"))).containsExactly("file", "file.json", "other", "other.json");
    }

    private void answerAfterASecond() throws Exception {
        receiver.start("restream listen --host 0.0.0.0 --exec-whole 'read -r line; sleep 1; echo \"$line\"'")
                .saying("listening");
    }

    /** Writes the file with one change, and the receivers where they are here. */
    private void configure(String part, String replacement) throws Exception {
        String text = Recipe.of("haproxy: haproxy.cfg")
                .replace("backup-a:9967", "backup:9967")
                .replace("backup-b:9967", "backup:9968");
        assertThat(text).contains(part);
        Files.writeString(sender.path("haproxy.cfg"), text.replace(part.isEmpty() ? "\0" : part, replacement));
    }

    private void start() throws Exception {
        sender.start("PATH=$PATH:/usr/sbin; exec haproxy -db -f haproxy.cfg");
        awaitListener(sender);
    }
}
