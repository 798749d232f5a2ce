package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.testing.RawServer;
import org.restream.cli.testing.SendProcess;
import org.restream.cli.testing.TmuxSession;

/** What a user sees on a terminal while the command runs. */
class SendTerminalTest {
    private static final Pattern PERCENT = Pattern.compile("\\] +([0-9]+)%  ");
    private static final Pattern COUNTDOWN =
            Pattern.compile("next attempt at 127.0.0.1:1 in ([0-9]+) s \\(attempt 2\\)");
    private static final Pattern NARROW = Pattern.compile("Connection refused; in ([0-9:]+)");
    private static final int SIZE = 64 * 1024 * 1024;

    @TempDir
    private Path folder;

    private TmuxSession terminal;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(TmuxSession.isAvailable(), "there is no tmux here, so no terminal to test with");
        StringBuilder script = new StringBuilder("exec");
        for (String word : SendProcess.commandLine()) {
            script.append(" '").append(word).append('\'');
        }
        Path command = Files.writeString(folder.resolve("send"), script + " \"$@\"\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Files.write(folder.resolve("large"), new byte[SIZE]);
        terminal = TmuxSession.start(folder, 100, 20);
    }

    @AfterEach
    void close() throws Exception {
        if (terminal != null) {
            terminal.close();
        }
    }

    @Test
    void the_bar_moves_with_bytes_rate_and_time_left_and_is_gone_at_the_end() throws Exception {
        try (RawServer server = new RawServer()) {
            terminal.type("sh ./send -s " + server.address() + " large; echo exit=$?");
            try (RawServer.Peer peer = server.accept()) {
                peer.readHeader();
                peer.readBytes(SIZE / 4);
                int first =
                        percent(terminal.await(screen -> PERCENT.matcher(screen).find()));
                assertThat(first).isBetween(1, 99);
                peer.readBytes(SIZE / 4);
                String later = terminal.await(screen -> percent(screen) > first && screen.contains(" left"));
                assertThat(later).containsPattern("\\[=+> *\\] +[0-9]+%  [0-9.]+ MiB of 64.0 MiB  [0-9.]+ .?i?B/s");
                assertThat(terminal.screenWithColors()).contains("\u001b[32m");
                peer.readRest();
                peer.write("{}\n\nthe answer\n");
                peer.end();
            }
            String screen = terminal.await(shown -> shown.contains("exit=0"));
            assertThat(screen).contains("the answer").doesNotContain("[=", "MiB");
        }
    }

    @Test
    void while_it_waits_it_counts_down_to_the_next_server() throws Exception {
        terminal.type("NO_COLOR=1 sh ./send --timeout 20s --jitter 0 -s 127.0.0.1:1 large");
        TreeSet<Integer> seen = new TreeSet<>();
        Awaitility.await().until(() -> {
            Matcher countdown = COUNTDOWN.matcher(terminal.screen());
            if (countdown.find()) {
                seen.add(Integer.valueOf(countdown.group(1)));
            }
            return seen.size() >= 3;
        });
        assertThat(seen.last()).isLessThanOrEqualTo(20);
        assertThat(terminal.screen()).contains("Connection refused").doesNotContain("restream send:");
        assertThat(terminal.screenWithColors()).doesNotContain("\u001b[33m");
        interrupt("echo exit=$?");
        terminal.await(screen -> screen.contains("exit=130"));
    }

    @Test
    void ctrl_c_ends_it_and_leaves_the_terminal_as_it_was() throws Exception {
        terminal.type("stty -a >before");
        try (RawServer server = new RawServer()) {
            terminal.type("sh ./send -s " + server.address() + " large");
            RawServer.Peer peer = server.accept();
            peer.readHeader();
            peer.readBytes(SIZE / 4);
            terminal.await(screen -> PERCENT.matcher(screen).find());
            interrupt("echo exit=$?; stty -a >after; echo done");
            String screen = terminal.await(shown -> shown.contains("\ndone"));
            assertThat(screen).contains("exit=130").doesNotContain("[=", "MiB", "Exception");
            assertThat(folder.resolve("after")).hasSameTextualContentAs(folder.resolve("before"));
        }
    }

    @Test
    void ctrl_c_takes_away_a_line_that_fills_the_terminal() throws Exception {
        terminal.resize(60);
        terminal.type("sh ./send --timeout 20s -s 127.0.0.1:1 large");
        terminal.await(screen -> NARROW.matcher(screen).find());
        interrupt("echo exit=$?");
        assertThat(terminal.await(screen -> screen.contains("exit=130"))).doesNotContain("refused");
    }

    @Test
    void when_the_terminal_gets_another_width_the_line_gets_it_too() throws Exception {
        terminal.type("sh ./send --timeout 200s -s 127.0.0.1:1 large");
        terminal.await(screen -> screen.contains("next attempt at 127.0.0.1:1 in "));
        terminal.resize(60);
        terminal.await(screen -> NARROW.matcher(screen).find());
        terminal.resize(40);
        terminal.await(screen -> screen.contains("\nConnection refused; in "));
        terminal.resize(110);
        terminal.await(screen -> screen.contains("next attempt at 127.0.0.1:1 in "));
        interrupt("echo exit=$?");
        terminal.await(screen -> screen.contains("exit=130"));
    }

    @Test
    void quiet_shows_no_bar() throws Exception {
        try (RawServer server = new RawServer()) {
            terminal.type("sh ./send -q -s " + server.address() + " large 2>&1 | cat -v; echo exit=$?");
            terminal.type("sh ./send -q -s " + server.address() + " large; echo exit=$?");
            for (int i = 0; i < 2; i++) {
                try (RawServer.Peer peer = server.accept()) {
                    peer.readHeader();
                    peer.readBytes(SIZE);
                    peer.write("{}\n\n");
                    peer.end();
                    assertThat(peer.readRest()).isEmpty();
                }
            }
            assertThat(terminal.await(shown -> shown.split("exit=0", -1).length == 3))
                    .doesNotContain("MiB", "restream send:", "^[");
        }
    }

    /** Presses Ctrl-C; the shell then discards the rest of the line, and prompts for the next one. */
    private void interrupt(String next) throws Exception {
        terminal.press("C-c");
        terminal.await(screen -> screen.stripTrailing().endsWith("\n$"));
        terminal.type(next);
    }

    private static int percent(String screen) {
        Matcher matcher = PERCENT.matcher(screen);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
    }
}
