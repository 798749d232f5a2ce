package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** Rotated logs: each line arrives once, whoever is killed. */
class RotatedLogRecipeTest extends OnRecipeHosts {
    private static final int LINES = 200_000;

    private Path store;
    private int written;

    @BeforeEach
    void prepare() throws Exception {
        needs("flock", "logrotate");
        store = srv("logs");
        Files.createDirectory(sender.path("app"));
        Files.writeString(
                sender.path("app.conf"),
                Recipe.of("logs: logrotate")
                        .replace("/var/log/app", sender.path("app").toString()));
        sender.install("ship-logs", Recipe.of("logs: ship-logs"));
    }

    @Test
    @Runs({"logs: listen", "logs: ship-logs", "logs: logrotate"})
    void each_line_arrives_once_whoever_is_killed() throws Exception {
        Shell listen = listen("logs: listen");
        rotate();
        sender.run("ship-logs app");

        slowDown();
        rotate();
        Shell killedSender = sender.start("exec ship-logs app");
        awaitPart();
        killedSender.kill().endsWith(137);
        sender.run("ship-logs app");

        rotate();
        Shell ship = sender.start("exec ship-logs app");
        awaitPart();
        listen.kill().endsWith(137);
        listen("logs: listen");
        ship.endsWith(0);

        assertThat(files(store).stream().filter(name -> !name.endsWith(".json")))
                .hasSize(3)
                .allMatch(name -> name.contains("-app.log-"));
        sender.run("seq " + written + " > all");
        assertThat(receiver.run("cat srv/logs/*-app.log-*[0-9] | sha256sum")).isEqualTo(sender.sum("all"));
        assertThat(files(sender.path("app/sent"))).hasSize(3);
    }

    @Test
    void without_a_receiver_the_log_stays_and_the_status_says_so() throws Exception {
        rotate();
        sender.install("ship-logs", Recipe.of("logs: ship-logs").replace("50m", "1s"));
        sender.start("exec ship-logs app").endsWith(3).saying("gave up");
        assertThat(files(sender.path("app"))).anyMatch(name -> name.startsWith("app.log-"));
    }

    /** The program writes some more lines, and logrotate renames its file, which is then old enough. */
    private void rotate() throws Exception {
        int last = written + LINES;
        sender.run("seq " + (written + 1) + " " + last + " >> app/app.log");
        written = last;
        int before = files(sender.path("app")).size();
        // a name has the second in it, and is used once
        Awaitility.await("a rotation").until(() -> {
            sender.run("PATH=$PATH:/usr/sbin; logrotate --force --state state app.conf");
            return files(sender.path("app")).size() > before || before == 0;
        });
        sender.run("touch -d '10 minutes ago' app/app.log-*");
    }

    /** Makes the network slow, so that an upload takes a second. */
    private void slowDown() throws Exception {
        needs("tc");
        boolean slow = sender.start("tc qdisc add dev cable root tbf rate 10mbit burst 32k latency 400ms")
                .succeeds();
        assumeTrue(slow, "the network can't be made slow here (\"tc qdisc add … tbf\")");
    }

    /** Waits until a part of an upload has arrived, and its rest has not. */
    private void awaitPart() {
        Path uploads = store.resolve(".restream/uploads");
        Awaitility.await("a part of an upload").until(() -> {
            try (Stream<Path> files = Files.list(uploads)) {
                return files.anyMatch(file -> file.toString().endsWith(".part"));
            }
        });
    }
}
