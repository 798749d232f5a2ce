package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/**
 * {@code --exec} and {@code --exec-whole} where this machine can't do what they need, such as put something into the folder for
 * temporary files: the request is refused for now, as by {@code --output}.
 */
@EnabledOnOs(OS.LINUX)
class ExecRefusedForNowTest {
    private static final String NOT_STORED = refused("it can't be stored now: no such file or folder");
    private static final String NOT_RUN = "the command can't be run now: ";
    private static final String RAN = "{}\n\n";

    @TempDir
    Path dir;

    private Path temporary;

    @BeforeEach
    void folder() throws Exception {
        temporary = Files.createDirectory(dir.resolve("temporary"));
    }

    private static String refused(String reason) {
        return "{\"refused\":{\"reason\":\"" + reason + "\",\"retryMs\":60000}}\n\n";
    }

    private static String answer(ListenProcess listen) throws Exception {
        try (RawPeer peer = new RawPeer(listen.address())) {
            return peer.say("{\"name\":\"x\"}\n\nbody").end().hear();
        }
    }

    private String touch() {
        return "touch '" + dir + "/ran'";
    }

    @Test
    void a_body_that_it_does_not_take_is_refused_and_nothing_runs() throws Exception {
        try (ListenProcess listen = ListenProcess.withTemporaryFolder(temporary, "--exec-whole", touch())) {
            Files.delete(temporary);
            assertThat(answer(listen)).isEqualTo(NOT_STORED);
            assertThat(listen.line("failed")).contains("refused: it can't be stored now");
            assertThat(dir.resolve("ran")).doesNotExist();
            Files.createDirectory(temporary);
            assertThat(answer(listen)).isEqualTo(RAN);
        }
    }

    @Test
    void so_is_a_request_whose_long_answer_it_does_not_take() throws Exception {
        // the folder is empty as soon as the command runs
        String command = "until rmdir '" + temporary + "' 2>/dev/null; do :; done; head -c 100000 /dev/zero";
        try (ListenProcess listen = ListenProcess.withTemporaryFolder(temporary, "--exec-whole", command)) {
            assertThat(answer(listen)).isEqualTo(NOT_STORED);
            assertThat(listen.line("failed")).contains("refused: it can't be stored now");
        }
    }

    @Test
    void so_is_a_request_for_whose_command_it_takes_no_pipe() throws Exception {
        try (ListenProcess listen = ListenProcess.withTemporaryFolder(temporary, "--exec", touch())) {
            Files.delete(temporary);
            assertThat(answer(listen)).isEqualTo(refused(NOT_RUN + "no such file or folder"));
            assertThat(listen.line("failed")).contains("refused: " + NOT_RUN + "no such file or folder");
            assertThat(dir.resolve("ran")).doesNotExist();
            Files.createDirectory(temporary);
            assertThat(answer(listen)).isEqualTo(RAN);
        }
    }

    @Test
    void also_when_the_body_is_there() throws Exception {
        try (ListenProcess listen = ListenProcess.withTemporaryFolder(temporary, "--exec-whole", touch());
                RawPeer peer = new RawPeer(listen.address()).say("{}\n\nbody")) {
            Awaitility.await().until(this::isBodyThere);
            removeAll();
            assertThat(peer.end().hear()).isEqualTo(refused(NOT_RUN + "no such file or folder"));
            assertThat(dir.resolve("ran")).doesNotExist();
        }
    }

    private boolean isBodyThere() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
            return files.iterator().hasNext();
        }
    }

    private void removeAll() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(temporary)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(temporary);
    }

    /** A failure that passes at once is no reason to run the command without the variables for the header, either. */
    @Test
    void so_is_a_request_whose_pipe_is_not_made() throws Exception {
        Path broken = dir.resolve("broken");
        Path programs = Files.createDirectory(dir.resolve("programs"));
        String path = System.getenv("PATH");
        Files.writeString(
                Files.createFile(
                        programs.resolve("mkfifo"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
                "#!/bin/sh\nrm '" + broken + "' 2>/dev/null && exit 3\nPATH='" + path + "' exec mkfifo \"$@\"\n");
        try (ListenProcess listen = ListenProcess.withVariable(
                "PATH", programs + ":" + path, "--exec", "printf '%s' \"$RESTREAM_H_NAME\"")) {
            Files.createFile(broken);
            assertThat(answer(listen)).isEqualTo(refused(NOT_RUN + "mkfifo ended with status 3"));
            assertThat(answer(listen)).isEqualTo("{}\n\nx");
        }
    }
}
