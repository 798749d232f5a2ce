package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.internal.exchange.Outcome.Kind;

class TransferFromTest {
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
        try (Trial trial = Trial.of((in, out) -> {
            out.write("<");
            assertThat(out.transferFrom(file)).isEqualTo(size);
            out.write(">");
        })) {
            byte[] heard = trial.peer.finish().hearAllBytes();

            assertThat(heard).hasSize(4 + size + 2).startsWith("{}\n\n<".getBytes(StandardCharsets.US_ASCII));
            assertThat(Arrays.copyOfRange(heard, 5, 5 + size)).isEqualTo(Files.readAllBytes(file));
            assertThat(heard).endsWith('>');
            Outcome outcome = trial.outcome();
            assertThat(outcome.kind()).isEqualTo(Kind.COMPLETED);
            assertThat(outcome.bytesSent()).isEqualTo(size + 2);
        }
    }

    @Test
    void a_file_that_is_not_there_is_told_before_anything_is_sent() throws Exception {
        try (Trial trial = Trial.of((in, out) -> {
            assertThatThrownBy(() -> out.transferFrom(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
            out.header("still", "possible");
        })) {
            assertThat(trial.peer.finish().hearAll()).isEqualTo("{\"still\":\"possible\"}\n\n");
        }
    }

    @Test
    void a_file_that_shrinks_meanwhile_is_an_error_and_no_end() throws Exception {
        Path file = file(200_000);
        try (Trial trial = Trial.of(10_000, terms -> terms, (in, out) -> out.transferFrom(file))) {
            trial.link.awaitBlockedWriter();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1_000);
            }
            CompletableFuture<byte[]> heard = trial.peer.hearAllSoon();
            Outcome outcome = trial.outcome();

            assertThat(outcome.kind()).isEqualTo(Kind.BROKEN);
            assertThat(outcome.cause())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + " shrank while it was sent")
                    .hasMessageEndingWith("not after 200000");
            assertThatThrownBy(() -> Trial.get(heard)).hasMessageContaining("Connection reset");
        }
    }
}
