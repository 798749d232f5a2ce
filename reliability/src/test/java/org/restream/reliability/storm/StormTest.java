package org.restream.reliability.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.testing.JavaProcess;

/** A server with thousands of clients is killed and comes back: all are served, without an error on the server. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StormTest {
    /** Connections to it come from 127.0.0.1, so its port is free for the next server process. */
    private static final String HOST = "127.0.9.68";

    private static final int CLIENTS = Scale.of(200, 5_000);
    private static final Duration TIMEOUT = Duration.ofMillis(Scale.of(200, 1_000));

    private record Storm(List<Long> millis, long overflows, String curve) {
        String figure() {
            long first = millis.get(0);
            long last = millis.get(millis.size() - 1);
            return "all are served " + last + " ms after the server is back, in " + (last - first)
                    + " ms from the first to the" + " last; " + overflows + " connections found the backlog full";
        }
    }

    @Test
    void all_clients_are_served_by_the_server_that_came_back() throws Exception {
        Storm plain = storm(0);
        Storm jittered = storm(0.5);
        Figures.record(
                "storm-plain",
                CLIENTS + " clients that wait " + TIMEOUT.toMillis() + " ms between attempts: " + plain.figure());
        Figures.record("storm-jitter", "with jitter 0.5: " + jittered.figure());
        Figures.record("storm-curve", "\n```text\n" + plain.curve + "\n" + jittered.curve + "```\n");
    }

    private static Storm storm(double jitter) throws Exception {
        JavaProcess server = JavaProcess.start(List.of("-Xmx1g"), StormServer.class, HOST, 0);
        int port = Integer.parseInt(server.line());
        try (Fleet fleet = new Fleet(CLIENTS, HOST + ":" + port, TIMEOUT, jitter)) {
            fleet.forget();
            server.kill();
            fleet.awaitRefused();
            long overflowsBefore = overflows();
            server = JavaProcess.start(List.of("-Xmx1g"), StormServer.class, HOST, port);
            server.line();
            long back = System.nanoTime();
            fleet.awaitServed();
            server.say("");
            assertThat(server.line()).as("errors of the server").isEqualTo("0 null");
            List<Long> millis = fleet.servedAfter(back);
            String title = "served, ms after the server was back, jitter " + jitter;
            return new Storm(millis, overflows() - overflowsBefore, Curve.of(title, millis, TIMEOUT.toMillis() / 20));
        } finally {
            server.close();
        }
    }

    /** How often the system found a full backlog: TcpExt, ListenOverflows. */
    private static long overflows() throws IOException {
        Path statistics = Path.of("/proc/self/net/netstat");
        if (!Files.exists(statistics)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(statistics);
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            List<String> names = Arrays.asList(lines.get(i).split(" "));
            if (names.contains("ListenOverflows")) {
                return Long.parseLong(lines.get(i + 1).split(" ")[names.indexOf("ListenOverflows")]);
            }
        }
        return 0;
    }
}
