package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** {@code --exec-whole} where the folder for temporary files takes nothing: that is refused for now, as by {@code --output}. */
@EnabledOnOs(OS.LINUX)
class ExecWholeDiskTest {
    private static final String REFUSED =
            "{\"refused\":{\"reason\":\"it can't be stored now: no such file or folder\",\"retryMs\":60000}}\n\n";

    @TempDir
    Path dir;

    private Path temporary;

    @BeforeEach
    void folder() throws Exception {
        temporary = Files.createDirectory(dir.resolve("temporary"));
    }

    private String answer(ListenProcess listen) throws Exception {
        try (RawPeer peer = new RawPeer(listen.address())) {
            return peer.say("{}\n\nbody").end().hear();
        }
    }

    @Test
    void a_body_that_it_does_not_take_is_refused_for_now_and_nothing_runs() throws Exception {
        try (ListenProcess listen =
                ListenProcess.withTemporaryFolder(temporary, "--exec-whole", "touch '" + dir + "/ran'")) {
            Files.delete(temporary);
            assertThat(answer(listen)).isEqualTo(REFUSED);
            assertThat(listen.line("failed")).contains("refused: it can't be stored now");
            assertThat(dir.resolve("ran")).doesNotExist();
            Files.createDirectory(temporary);
            assertThat(answer(listen)).isEqualTo("{}\n\n");
        }
    }

    @Test
    void so_is_a_request_whose_long_answer_it_does_not_take() throws Exception {
        // the folder is empty as soon as the command runs
        String command = "until rmdir '" + temporary + "' 2>/dev/null; do :; done; head -c 100000 /dev/zero";
        try (ListenProcess listen = ListenProcess.withTemporaryFolder(temporary, "--exec-whole", command)) {
            assertThat(answer(listen)).isEqualTo(REFUSED);
            assertThat(listen.line("failed")).contains("refused: it can't be stored now");
        }
    }
}
