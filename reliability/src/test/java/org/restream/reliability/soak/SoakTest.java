package org.restream.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.testing.JavaProcess;

/** kill -9 of clients, the server, or both, at random moments. */
class SoakTest {
    /** Connections to it come from 127.0.0.1, so its port is free for the next server process. */
    private static final String HOST = "127.0.9.67";

    private static final int CLIENTS = 3;
    private static final long FIRST_OF_NEXT_CLIENT = 100_000_000;

    @TempDir
    Path folder;

    private final List<JavaProcess> clients = new ArrayList<>();
    private JavaProcess server;
    private int port;
    private int serverKills;
    private int clientKills;

    @Test
    @Timeout(value = 1, unit = TimeUnit.DAYS)
    void all_that_is_done_is_whole_on_both_sides_and_all_that_has_begun_is_done() throws Exception {
        long seed = Long.getLong("seed", 20_130_401);
        SplittableRandom random = new SplittableRandom(seed);
        Duration time = Scale.isFull() ? Duration.ofMinutes(Scale.soakMinutes()) : Duration.ofSeconds(2);
        System.out.println("soak: " + time + ", -Dseed=" + seed);
        startServer();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(startClient(i));
        }
        try {
            long until = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < until) {
                // a random moment, with no event to wait for
                LockSupport.parkNanos(random.nextLong(Duration.ofMillis(300).toNanos()));
                killOne(random);
            }
            for (JavaProcess client : clients) {
                client.say("end");
                assertThat(client.exitCode())
                        .as("a client comes back, and finishes")
                        .isZero();
            }
        } finally {
            for (JavaProcess client : clients) {
                client.close();
            }
            server.close();
        }
        audit(time, seed);
    }

    private void killOne(SplittableRandom random) throws Exception {
        int what = random.nextInt(3);
        int which = random.nextInt(CLIENTS);
        if (what != 1) {
            server.kill();
            serverKills++;
        }
        if (what != 0) {
            clients.get(which).kill();
            clientKills++;
        }
        // the server is down for a while
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(100).toNanos()));
        if (what != 1) {
            startServer();
        }
        if (what != 0) {
            clients.set(which, startClient(which));
        }
    }

    private void startServer() throws IOException {
        server = JavaProcess.start(SoakServer.class, HOST, port, folder.resolve("server"));
        port = Integer.parseInt(server.line());
    }

    private JavaProcess startClient(int number) throws IOException {
        JavaProcess client = JavaProcess.start(
                SoakClient.class, HOST + ":" + port, folder.resolve("client" + number), number * FIRST_OF_NEXT_CLIENT);
        assertThat(client.line()).isEqualTo("started");
        return client;
    }

    private void audit(Duration time, long seed) throws IOException {
        List<Journal.Fact> facts = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            facts.addAll(Journal.read(folder.resolve("client" + i)));
        }
        Audit audit = new Audit(facts, Journal.read(folder.resolve("server")));
        audit.check(serverKills, CLIENTS);
        Figures.record(
                "soak",
                time.toSeconds() + " s, the server killed " + serverKills + " times, clients " + clientKills
                        + " times (seed " + seed + "): " + audit.figure());
    }
}
