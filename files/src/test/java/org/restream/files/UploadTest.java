package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file on its way from one end to the other, where nothing fails. */
class UploadTest {
    @TempDir
    Path temp;

    @Test
    void a_file_arrives_and_the_answer_says_what_it_became() throws Exception {
        try (Receiving server = Receiving.start(temp)) {
            Path file = RandomFile.of(temp.resolve("orders.sql"), 3_000_000, 1);
            UploadResult result = server.sender(temp).send(file);
            assertThat(result).isEqualTo(new UploadResult("orders.sql", 3_000_000, RandomFile.sha256(file)));
            assertThat(server.folder().resolve("orders.sql")).hasSameBinaryContentAs(file);
            assertThat(server.parts()).isEmpty();
        }
    }

    @Test
    void an_empty_file_arrives() throws Exception {
        try (Receiving server = Receiving.start(temp)) {
            Path file = Files.createFile(temp.resolve("empty"));
            assertThat(server.sender(temp).send(file).size()).isZero();
            assertThat(server.folder().resolve("empty")).isEmptyFile();
        }
    }

    @Test
    void two_files_of_one_name_are_both_kept() throws Exception {
        try (Receiving server = Receiving.start(temp)) {
            Path one = RandomFile.of(Files.createDirectory(temp.resolve("a")).resolve("x.tar"), 1000, 1);
            Path other = RandomFile.of(Files.createDirectory(temp.resolve("b")).resolve("x.tar"), 2000, 2);
            assertThat(server.sender(temp).send(one).name()).isEqualTo("x.tar");
            assertThat(server.sender(temp).send(other).name()).isEqualTo("x-2.tar");
            assertThat(server.folder().resolve("x.tar")).hasSameBinaryContentAs(one);
            assertThat(server.folder().resolve("x-2.tar")).hasSameBinaryContentAs(other);
        }
    }

    @Test
    void what_was_begun_is_forgotten_when_it_has_arrived() throws Exception {
        try (Receiving server = Receiving.start(temp)) {
            Path file = RandomFile.of(temp.resolve("x"), 1000, 1);
            server.sender(temp).send(file);
            assertThat(temp.resolve("state")).isEmptyDirectory();
        }
    }
}
