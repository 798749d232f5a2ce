package org.restream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.restream.Header;
import org.restream.internal.concurrent.Threads;

/**
 * The cost of a stranger's connection: one that sends nothing, one that never reads, one with the longest allowed
 * header.
 */
class MemoryPerConnectionTest {
    private static final byte[] POUR = "{\"do\":\"pour\"}\n\n".getBytes(UTF_8);

    /** The kind of thread that serves a connection; before Java 21 there is only the second. */
    enum Kind {
        VIRTUAL(Scale.of(500, 10_000), 16, Scale.of(200, 5_000), 64),
        PLATFORM(Scale.of(200, 3_000), 250, Scale.of(100, 2_000), 350);

        private final int idle;
        private final int idleAtMost;
        private final int stalled;
        private final int stalledAtMost;

        /** Numbers of connections, and limits in KiB of resident memory for each; a platform thread has its stack. */
        Kind(int idle, int idleAtMost, int stalled, int stalledAtMost) {
            this.idle = idle;
            this.idleAtMost = idleAtMost;
            this.stalled = stalled;
            this.stalledAtMost = stalledAtMost;
        }

        private Victim victim(String heap, String option) throws Exception {
            assumeTrue(this == PLATFORM || Threads.virtual(), "this JVM has no virtual threads");
            return Victim.start(
                    heap,
                    List.of("-Dorg.restream.threads=" + name().toLowerCase(Locale.ROOT)),
                    option,
                    // room for the honest clients too
                    "maxConnections=20000");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT) + " threads, Java "
                    + Runtime.version().feature();
        }
    }

    @ParameterizedTest
    @EnumSource
    void idle(Kind kind) throws Exception {
        try (Victim victim = kind.victim("512m", "headerTimeout=0")) {
            Honest honest = new Honest(victim.address(), null);
            Header before = settled(honest, victim, kind.idle);
            try (Crowd crowd = Crowd.of(kind.idle, victim.address())) {
                Header after = whenAccepted(honest, before, kind.idle);
                long each = kibibytes(before, after, "resident", kind.idle);
                assertThat(each).isLessThan(kind.idleAtMost);
                Figures.record(
                        kind == Kind.VIRTUAL ? "idle-memory-virtual" : "idle-memory-platform",
                        String.format(
                                Locale.ROOT,
                                "%d KiB of resident memory for each of %,d connections that say nothing (%s; heap %d"
                                        + " KiB)",
                                each,
                                crowd.size(),
                                kind,
                                kibibytes(before, after, "heap", kind.idle)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(180)
    void peers_that_never_read_the_answer(Kind kind) throws Exception {
        try (Victim victim = kind.victim("768m", "idleTimeout=0")) {
            Honest honest = new Honest(victim.address(), null);
            Header before = settled(honest, victim, kind.stalled);
            long systemBefore = systemBytes();
            try (Crowd crowd = Crowd.of(kind.stalled, victim.address())) {
                crowd.say(POUR);
                Header after = whenAccepted(honest, before, kind.stalled);
                long system = (systemBytes() - systemBefore) / 1024 / kind.stalled;
                Duration slowest = honest.slowest();
                long each = kibibytes(before, after, "resident", kind.stalled);
                assertThat(each).isLessThan(kind.stalledAtMost);
                assertThat(slowest).isLessThan(Crowd.patience());
                Figures.record(
                        kind == Kind.VIRTUAL ? "stalled-memory-virtual" : "stalled-memory-platform",
                        String.format(
                                Locale.ROOT,
                                "%d KiB of resident memory for each of %,d connections whose peer never reads (%s;"
                                        + " heap %d KiB; beside it the system's buffers, about %d KiB each here); the"
                                        + " slowest of 10 honest exchanges took %.3f s",
                                each,
                                kind.stalled,
                                kind,
                                kibibytes(before, after, "heap", kind.stalled),
                                system,
                                Crowd.seconds(slowest)));
            }
        }
    }

    @Test
    @Timeout(180)
    void peers_that_never_read_the_answer_are_cut_by_idleTimeout() throws Exception {
        int stalled = (Threads.virtual() ? Kind.VIRTUAL : Kind.PLATFORM).stalled;
        Duration idle = Duration.ofSeconds(Scale.of(1, 10));
        try (Victim victim = Victim.start("768m", "idleTimeout=" + idle.toMillis());
                Crowd crowd = Crowd.of(stalled, victim.address())) {
            crowd.say(POUR);
            Honest honest = new Honest(victim.address(), null);
            await().atMost(Duration.ofSeconds(90)).until(() -> honest.tell().getLong("failed") == stalled);
            Figures.record(
                    "stalled-cut",
                    String.format(
                            Locale.ROOT,
                            "%,d peers that never read: all were reset, the last one %.1f s after the first had come"
                                    + " (idleTimeout %.0f s)",
                            stalled,
                            Crowd.seconds(crowd.age()),
                            Crowd.seconds(idle)));
        }
    }

    /** Brings the victim into a stable state: everything loaded, and as many threads created as there will be. */
    private static Header settled(Honest honest, Victim victim, int connections) throws Exception {
        honest.slowest();
        try (Crowd crowd = Crowd.of(connections / 10, victim.address())) {
            crowd.say("{}\n\n".getBytes(UTF_8));
            honest.slowest();
        }
        return honest.tell();
    }

    private static Header whenAccepted(Honest honest, Header before, int count) throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> honest.tell().getLong("accepted") > before.getLong("accepted") + count);
        return honest.tell();
    }

    private static long kibibytes(Header before, Header after, String what, int count) {
        return (after.getLong(what) - before.getLong(what)) / 1024 / count;
    }

    /** The memory of all sockets of this machine. */
    private static long systemBytes() throws IOException {
        String tcp = Files.readAllLines(Path.of("/proc/net/sockstat")).stream()
                .filter(line -> line.startsWith("TCP:"))
                .findFirst()
                .orElseThrow();
        return 4096 * Long.parseLong(tcp.replaceAll(".* mem ([0-9]+).*", "$1"));
    }
}
