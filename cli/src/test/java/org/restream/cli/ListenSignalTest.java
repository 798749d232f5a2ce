package org.restream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code restream listen} ends, as a process. */
class ListenSignalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_signal_lets_what_runs_end(String signal) throws Exception {
        try (ListenProcess listen = ListenProcess.start("--echo");
                RawPeer peer = new RawPeer(listen.address())) {
            assertThat(peer.say("{}\n\nhalf ").hear(9)).isEqualTo("{}\n\nhalf ");
            listen.signal(signal);
            awaitNoListener(listen.address());
            assertThat(peer.say("whole").end().hear()).isEqualTo("whole");
            assertThat(listen.exit()).isEqualTo(130);
        }
    }

    @Test
    void a_second_signal_aborts_what_runs_and_no_file_stays() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--output", folder.toString(), "--log-format", "json");
                RawPeer peer = new RawPeer(listen.address())) {
            peer.say("{\"name\":\"a\"}\n\nhalf");
            Awaitility.await().until(() -> !files().isEmpty());
            listen.signal("TERM");
            awaitNoListener(listen.address());
            assertThat(files()).matches("\\.restream-[0-9a-f]+\\.part");
            listen.signal("TERM");
            assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
            assertThat(listen.exit()).isEqualTo(130);
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void a_taken_port_is_local_trouble() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ListenProcess listen = ListenProcess.run(Redirect.PIPE, "-p", Integer.toString(taken.getLocalPort()))) {
            assertThat(listen.exit()).isEqualTo(1);
            assertThat(listen.lines()).singleElement().asString().contains("127.0.0.1, port " + taken.getLocalPort());
        }
    }

    private String files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return String.join(
                    " ", files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private static void awaitNoListener(InetSocketAddress address) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    try (RawPeer probe = new RawPeer(address)) {
                        return false;
                    } catch (ConnectException e) {
                        return true;
                    } catch (SocketException e) {
                        // reset: accepted in the moment of the close
                        return false;
                    }
                });
    }
}
