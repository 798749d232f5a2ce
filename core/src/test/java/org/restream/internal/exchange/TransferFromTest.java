package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferFromTest extends EachWire {
    @TempDir
    Path folder;

    private Path file(int size) throws IOException {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return Files.write(folder.resolve("file"), bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * 1024, 64 * 1024 + 1, 300_000})
    void a_whole_file_is_sent_between_what_is_written(int size) throws Exception {
        Path file = file(size);
        try (Trial trial = trial((in, out) -> {
            out.write("<");
            assertThat(out.transferFrom(file)).isEqualTo(size);
            out.write(">");
        })) {
            byte[] heard = trial.peer.finish().hearAllBytes();

            assertThat(heard).hasSize(4 + size + 2).startsWith("{}\n\n<".getBytes(StandardCharsets.US_ASCII));
            assertThat(Arrays.copyOfRange(heard, 5, 5 + size)).isEqualTo(Files.readAllBytes(file));
            assertThat(heard).endsWith('>');
            Outcome outcome = trial.outcome();
            assertThat(outcome.reason()).isNull();
            assertThat(outcome.bytesSent()).isEqualTo(size + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "299999, 1", "300000, 0", "100, 64000", "1000, 200000", "0, 300000"})
    void a_part_of_a_file_is_sent(int from, int count) throws Exception {
        Path file = file(300_000);
        try (Trial trial = trial((in, out) -> {
            assertThat(out.transferFrom(file, from, count)).isEqualTo(count);
            out.write(">");
        })) {
            byte[] heard = trial.peer.finish().hearAllBytes();
            assertThat(heard).hasSize(4 + count + 1).endsWith('>');
            assertThat(Arrays.copyOfRange(heard, 4, 4 + count))
                    .isEqualTo(Arrays.copyOfRange(Files.readAllBytes(file), from, from + count));
        }
    }

    @Test
    void a_part_that_is_not_there_is_an_error_before_anything_is_sent() throws Exception {
        Path file = file(1000);
        try (Trial trial = trial((in, out) -> {
            assertThatThrownBy(() -> out.transferFrom(file, 1, 1000))
                    .hasMessageContaining(file + " has 1000 bytes: there are no 1000 from 1 on");
            assertThatThrownBy(() -> out.transferFrom(file, 0, -1))
                    .hasMessage("the number of bytes must be 0 or more, not -1");
            out.header("still", "possible");
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{\"still\":\"possible\"}\n\n");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_part_of_what_has_no_true_size_is_read() throws Exception {
        Path status = Path.of("/proc/self/status");
        try (Trial trial = trial((in, out) -> {
            out.transferFrom(status, 0, 5);
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{}\n\nName:");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_part_beyond_the_end_of_what_has_no_true_size_is_an_error_and_no_end() throws Exception {
        Path status = Path.of("/proc/self/status");
        try (Trial trial = trial((in, out) -> out.transferFrom(status, 0, 1 << 20))) {
            Outcome outcome = trial.outcome();
            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause()).hasMessageContaining("there are no 1048576");
        }
    }

    @Test
    void a_file_that_is_not_there_is_told_before_anything_is_sent() throws Exception {
        try (Trial trial = trial((in, out) -> {
            assertThatThrownBy(() -> out.transferFrom(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
            out.header("still", "possible");
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{\"still\":\"possible\"}\n\n");
        }
    }

    @Test
    void a_file_that_shrinks_meanwhile_is_an_error_and_no_end() throws Exception {
        Path file = file(200_000);
        try (Trial trial = trial(10_000, terms -> terms, (in, out) -> out.transferFrom(file))) {
            trial.link.awaitBlockedWriter();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1_000);
            }
            CompletableFuture<byte[]> heard = trial.peer.hearAllSoon();
            Outcome outcome = trial.outcome();

            assertThat(outcome.reason().isOurs()).isTrue();
            assertThat(outcome.cause())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " shrank while it was sent")
                    .hasMessageEndingWith("not after 200000");
            assertThatThrownBy(() -> Trial.get(heard)).hasMessageContaining(wire.reset);
        }
    }

    @Test
    void the_rest_of_a_file_can_be_sent_too() throws Exception {
        Path file = file(200_000);
        try (Trial trial = trial((in, out) -> {
            assertThat(out.transferFrom(file, 150_000)).isEqualTo(50_000);
            assertThat(out.transferFrom(file, 200_000)).isZero();
            assertThatThrownBy(() -> out.transferFrom(file, -1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the position in a file must be 0 or more, not -1");
            assertThatThrownBy(() -> out.transferFrom(file, 200_001)).hasMessageContaining("there is none at 200001");
        })) {
            byte[] heard = trial.peer.finish().hearAllBytes();
            byte[] whole = Files.readAllBytes(file);

            assertThat(Arrays.copyOfRange(heard, 4, heard.length))
                    .isEqualTo(Arrays.copyOfRange(whole, 150_000, 200_000));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/cpuinfo", "/sys/kernel/mm/transparent_hugepage/enabled"})
    @EnabledOnOs(OS.LINUX)
    void a_file_whose_size_is_not_true_is_read_to_its_end(Path file) throws Exception {
        Assumptions.assumeTrue(Files.isReadable(file), "this system has no " + file);
        try (Trial trial = trial((in, out) -> {
            out.transferFrom(file);
            out.write("!");
        })) {
            assertThat(trial.peer.finish().hearAll())
                    .startsWith("{}\n\n")
                    .endsWith("\n!")
                    .hasSizeGreaterThan(10);
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void a_path_of_a_file_system_without_file_channels_is_copied() throws Exception {
        Path file = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "module-info.class");
        byte[] whole = Files.readAllBytes(file);
        try (Trial trial = trial((in, out) -> {
            assertThat(out.transferFrom(file)).isEqualTo(whole.length);
            assertThat(out.transferFrom(file, whole.length - 5)).isEqualTo(5);
        })) {
            byte[] heard = trial.peer.finish().hearAllBytes();
            assertThat(heard).hasSize(4 + whole.length + 5);
            assertThat(Arrays.copyOfRange(heard, 4, 4 + whole.length)).isEqualTo(whole);
        }
    }

    @Test
    void a_file_that_grows_is_sent_as_large_as_it_was() throws Exception {
        Path file = file(200_000);
        try (Trial trial = trial(10_000, terms -> terms, (in, out) -> out.transferFrom(file))) {
            trial.link.awaitBlockedWriter();
            Files.write(file, new byte[1_000], StandardOpenOption.APPEND);
            assertThat(trial.peer.finish().hearAllBytes()).hasSize(4 + 200_000);
            assertThat(trial.outcome().reason()).isNull();
        }
    }
}
