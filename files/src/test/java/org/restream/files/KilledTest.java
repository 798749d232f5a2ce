package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.files.CuttingRelay.Cut;
import org.restream.files.CuttingRelay.Plan;
import org.restream.testing.JavaProcess;

/** Real processes that are killed in the middle of an upload, and started again. */
class KilledTest {
    private static final int SIZE = 12_000_000;
    private static final int STEP = 3_000_000;

    @TempDir
    Path temp;

    private volatile InetSocketAddress address;

    private final List<JavaProcess> processes = new ArrayList<>();

    @AfterEach
    void killAll() throws InterruptedException {
        for (JavaProcess process : processes) {
            process.kill();
        }
    }

    private JavaProcess client(Object... arguments) throws Exception {
        JavaProcess client = JavaProcess.start(Killed.Client.class, arguments);
        processes.add(client);
        return client;
    }

    private JavaProcess server() throws Exception {
        JavaProcess server = JavaProcess.start(Killed.Server.class, temp);
        processes.add(server);
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(server.line()));
        return server;
    }

    /** The server has stored so much of it. */
    private void awaitStored(long bytes) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> {
            List<Path> parts = Receiving.parts(temp.resolve("in"));
            return parts.size() == 1 && parts.get(0).toFile().length() >= bytes;
        });
    }

    @Test
    void each_side_goes_on_where_the_dead_one_was() throws Exception {
        Path file = RandomFile.of(temp.resolve("x"), SIZE, 21);
        // a connection in the middle of which nothing moves any more, so that there is a middle to be killed in
        Plan pause = new Plan(Cut.SILENCE, STEP);
        JavaProcess server = server();
        try (CuttingRelay relay = new CuttingRelay(() -> address, List.of(pause, pause, pause))) {
            Object[] arguments = {temp.resolve("state"), relay.address(), file};
            JavaProcess client = client(arguments);
            awaitStored(STEP - 1000);
            client.kill();
            client = client(arguments);
            awaitStored(2 * STEP - 2000);
            // this one has not been synced: the next server has what the first client has left
            server.kill();
            server = server();
            await().until(() -> relay.passed() >= 3 * STEP);
            client.kill();
            client = client(arguments);
            assertThat(client.line()).isEqualTo(RandomFile.sha256(file));
            assertThat(client.exitCode()).isZero();
            assertThat(relay.passed()).isLessThan(SIZE + STEP + 100_000);
        }
        assertThat(Receiving.names(temp.resolve("in"))).containsExactly("x");
        assertThat(temp.resolve("in").resolve("x")).hasSameBinaryContentAs(file);
    }
}
