package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.restream.reliability.blackbox.Programs;
import org.restream.reliability.docs.Host;
import org.restream.reliability.docs.OnHosts;
import org.restream.reliability.docs.Shell;

/** A sender and a receiver, whose folder {@code srv} stands for the recipes' {@code /srv}. */
abstract class OnRecipeHosts extends OnHosts {
    /** Skips the test if one of these programs is missing. */
    static void needs(String... programs) {
        for (String program : programs) {
            assumeTrue(Programs.has(program), "there is no \"" + program + "\" on the PATH");
        }
    }

    /** A folder of the receiver's {@code srv}; makes it. */
    Path srv(String name) throws Exception {
        return Files.createDirectories(receiver.path("srv").resolve(name));
    }

    /** Starts a block of commands of the receiver, and waits until it listens. */
    Shell listen(String block) throws Exception {
        return receiver.start(Recipe.of(block, receiver.path("srv"))).saying("listening");
    }

    /** The files of a folder that are not hidden, sorted. */
    static List<String> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Resets the sender's connections to the receiver, as a network that goes away and comes back does. */
    void cutConnections() throws Exception {
        String closed = sender.run("ss --no-header --tcp --kill dport = :9967");
        assumeTrue(!closed.isBlank(), "this system can't close connections by \"ss --kill\"");
    }

    /** Waits until something listens at the documented port, whatever it prints. */
    static void awaitListener(Host host) {
        eventually("a listener", () -> assertThat(host.run("ss --no-header --listening --tcp -n sport = :9967"))
                .isNotEmpty());
    }

    /** Waits until the sender has a connection to the receiver. */
    void awaitConnection() {
        eventually(
                "a connection",
                () -> assertThat(sender.run("ss --no-header --tcp -n state established dport = :9967"))
                        .isNotEmpty());
    }

    /** Repeats a check until it succeeds; what it looks at need not exist at first. */
    static void eventually(String what, ThrowingCheck check) {
        Awaitility.await(what).atMost(Duration.ofSeconds(40)).ignoreExceptions().untilAsserted(check::run);
    }

    interface ThrowingCheck {
        void run() throws Exception;
    }

    /** Checks that a sender and a receiver have the same content in two files. */
    void sameContent(String sent, String received) throws Exception {
        assertThat(receiver.sum(received)).isEqualTo(sender.sum(sent));
    }
}
