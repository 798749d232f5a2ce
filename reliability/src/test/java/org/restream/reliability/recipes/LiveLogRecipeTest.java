package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** A log that tail follows. */
class LiveLogRecipeTest extends OnRecipeHosts {
    private Path copy;
    private String send;
    private int written;

    @BeforeEach
    void prepare() throws Exception {
        copy = srv("live").resolve("app.log");
        Files.createDirectory(sender.path("app"));
        send = Recipe.of("live: send")
                .replace("/var/log/app", sender.path("app").toString());
    }

    @Test
    @Runs({"live: listen", "live: send", "live: check"})
    void a_lost_connection_a_rotation_and_a_restart_neither_lose_nor_repeat_a_line() throws Exception {
        Shell listen = listen("live: listen");
        write();
        Shell tail = sender.start(send);
        arrived();

        cutConnections();
        write();
        arrived();
        tail.saying("resumed");

        sender.run("mv app/app.log app/app.log.1");
        write();
        arrived();

        listen.kill().endsWith(137);
        write();
        listen("live: listen");
        arrived();
        assertThat(check()).isEmpty();
    }

    @Test
    void the_check_shows_gaps_and_repetitions() throws Exception {
        Files.writeString(copy, "1 a\n2 b\n2 b\n3 c\n6 d\n");
        assertThat(check()).isEqualTo("after line 2 comes line 2\nafter line 3 comes line 6\n");
    }

    @Test
    void after_a_restart_of_the_receiver_an_appended_file_has_lines_twice() throws Exception {
        String appending = Recipe.of("live: listen", receiver.path("srv")).replace("cat >", "cat >>");
        Shell listen = receiver.start(appending).saying("listening");
        write();
        sender.start(send);
        arrived();
        listen.kill().endsWith(137);
        receiver.start(appending).saying("listening");
        eventually("the repetition", () -> assertThat(check()).isEqualTo("after line 1000 comes line 1\n"));
    }

    private void write() throws Exception {
        sender.run("seq -f 'line %.0f' " + (written + 1) + " " + (written + 1000) + " >> app/app.log");
        written += 1000;
    }

    private void arrived() {
        eventually(
                "line " + written,
                () -> assertThat(Files.readString(copy)).endsWith(written + "\tline " + written + "\n"));
    }

    private String check() throws Exception {
        return receiver.run(Recipe.of("live: check", receiver.path("srv")));
    }
}
