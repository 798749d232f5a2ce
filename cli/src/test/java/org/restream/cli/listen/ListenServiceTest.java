package org.restream.cli.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** {@code restream listen} as a service of systemd that waits for its report; a script is in the place of systemd's program. */
class ListenServiceTest {
    @TempDir
    Path folder;

    @Test
    void it_reports_that_it_listens_and_its_commands_can_not() throws Exception {
        Path said = folder.resolve("said");
        Path log = folder.resolve("log");
        Path notify = folder.resolve("systemd-notify");
        Files.writeString(notify, "#!/bin/sh\necho \"$NOTIFY_SOCKET $*\" >'" + said + "'\n");
        assertThat(notify.toFile().setExecutable(true)).isTrue();
        List<String> command = new ArrayList<>(ListenProcess.command());
        command.addAll(List.of("--exec", "echo \"${NOTIFY_SOCKET-none}\""));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("NOTIFY_SOCKET", "/run/notify");
        Process listen = builder.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(said) && Files.readString(said).equals("/run/notify --ready\n"));
            try (RawPeer peer = new RawPeer(address(Files.readString(log, UTF_8)))) {
                assertThat(peer.say("{}\n\n").end().hear()).endsWith("\n\nnone\n");
            }
            listen.destroy();
            assertThat(listen.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(listen.exitValue()).isZero();
            assertThat(log).content().doesNotContain("can't report");
        } finally {
            listen.destroyForcibly();
        }
    }

    private static InetSocketAddress address(String log) {
        Matcher listening = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)").matcher(log);
        assertThat(listening.find()).as(log).isTrue();
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(listening.group(1)));
    }
}
