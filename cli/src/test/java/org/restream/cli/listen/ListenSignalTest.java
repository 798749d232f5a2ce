package org.restream.cli.listen;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.cli.testing.FreshSignals;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** How {@code restream listen} ends, in a process of its own. */
class ListenSignalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 0", "HUP, 129"})
    void a_signal_lets_what_runs_end(String signal, int status) throws Exception {
        try (ListenProcess listen = ListenProcess.start("--echo");
                RawPeer peer = new RawPeer(listen.address())) {
            assertThat(peer.say("{}\n\nhalf ").hear(9)).isEqualTo("{}\n\nhalf ");
            listen.signal(signal);
            awaitNoListener(listen.address());
            assertThat(peer.say("whole").end().hear()).isEqualTo("whole");
            assertThat(listen.exit()).isEqualTo(status);
        }
    }

    @Test
    void stopped_before_the_one_exchange_that_was_waited_for_it_has_not_ended_well() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--once")) {
            listen.signal("TERM");
            assertThat(listen.exit()).isEqualTo(143);
        }
    }

    @Test
    void grace_says_for_how_long_what_runs_may_go_on() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--echo", "--grace", "0");
                RawPeer peer = new RawPeer(listen.address())) {
            assertThat(peer.say("{}\n\nhalf").hear(8)).isEqualTo("{}\n\nhalf");
            listen.signal("TERM");
            assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
            assertThat(listen.exit()).isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_command_that_is_ended_with_it_takes_no_half_body_for_a_whole_one() throws Exception {
        String command = "cd '" + folder + "'; cat | (trap '' TERM HUP INT; cat > half; echo > committed)";
        try (ListenProcess listen = ListenProcess.start("--exec", command, "--grace", "0");
                RawPeer peer = new RawPeer(listen.address()).say("{}\n\nhalf")) {
            Awaitility.await()
                    .until(() -> Files.exists(folder.resolve("half")) && Files.size(folder.resolve("half")) == 4);
            listen.signal("INT");
            assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
            assertThat(listen.exit()).isEqualTo(130);
        }
        assertThat(folder.resolve("committed")).doesNotExist();
    }

    /** A shell continues its loop unless it sees that the signal has ended the command. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ctrl_c_ends_a_shells_loop_too() throws Exception {
        Path said = folder.resolve("said");
        List<String> loop = new ArrayList<>(FreshSignals.prefix());
        loop.addAll(List.of("setsid", "bash", "-c", "while :; do echo round; \"$@\"; done", "bash"));
        loop.addAll(ListenProcess.command());
        Process shell = new ProcessBuilder(loop)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(said).contains("listening"));
        Process kill = new ProcessBuilder("bash", "-c", "kill -INT -- -" + shell.pid()).start();
        assertThat(kill.waitFor()).isZero();
        try {
            assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(said)).containsOnlyOnce("round");
        } finally {
            new ProcessBuilder("bash", "-c", "kill -KILL -- -" + shell.pid())
                    .start()
                    .waitFor();
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
            assertThat(listen.exit()).isZero();
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
                        // never a request, whatever happens to it
                        probe.say("{").reset();
                        return false;
                    } catch (ConnectException e) {
                        return true;
                    } catch (SocketException e) {
                        // reset: it was accepted during the close
                        return false;
                    }
                });
    }
}
