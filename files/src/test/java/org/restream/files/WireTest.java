package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.testing.Raw;

/** What a server says, byte for byte, to clients of all kinds. */
class WireTest {
    private static final String ID = "kq0n3mZtT8u1cQ5Zb0yJxg";

    @TempDir
    Path temp;

    private Receiving server;

    @BeforeEach
    void start() throws IOException {
        server = Receiving.start(temp);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static String header(String id, String size) {
        return "{\"name\":\"abc.txt\",\"size\":" + size + ",\"upload\":{\"id\":\"" + id + "\"}}\n\n";
    }

    /** Says a header, waits for the answer's, then says the body and the end. */
    private String upload(String header, String have, String body) throws IOException {
        try (RawUpload raw = new RawUpload(server.address())) {
            raw.say(header);
            assertThat(raw.header()).isEqualTo(have);
            raw.say(body);
            raw.end();
            return raw.rest();
        }
    }

    @Test
    void bytes_from_have_and_the_answer_at_the_end() throws Exception {
        String answer = "{\"name\":\"abc.txt\",\"size\":3,"
                + "\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}";
        assertThat(upload(header(ID, "3"), "{\"upload\":{\"have\":0}}", "abc")).isEqualTo(answer);
        assertThat(upload(header(ID, "3"), "{\"upload\":{\"done\":true}}", "")).isEqualTo(answer);
        assertThat(Receiving.names(server.folder())).containsExactly("abc.txt");
    }

    @Test
    void a_cut_upload_goes_on_where_it_was() throws Exception {
        assertThat(upload(header(ID, "6"), "{\"upload\":{\"have\":0}}", "abc"))
                .isEqualTo("{\"refused\":{\"reason\":\"the header says 6 bytes, the body ended at 3\",\"retryMs\":0}}");
        assertThat(upload(header(ID, "6"), "{\"upload\":{\"have\":3}}", "def"))
                .contains("\"sha256\":\"bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721\"");
    }

    @Test
    void without_a_size_the_end_is_the_end() throws Exception {
        assertThat(upload("{\"upload\":{\"id\":\"" + ID + "\"}}\n\n", "{\"upload\":{\"have\":0}}", "abc"))
                .startsWith("{\"name\":\"upload\",\"size\":3,");
    }

    @Test
    void more_than_the_size_is_refused_and_what_was_right_stays() throws Exception {
        assertThat(upload(header(ID, "3"), "{\"upload\":{\"have\":0}}", "abcd"))
                .isEqualTo("{\"refused\":{\"reason\":\"the body has more than 3 bytes\"}}");
        assertThat(Receiving.names(server.folder())).isEmpty();
    }

    @Test
    void bytes_before_have_are_refused() throws Exception {
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say(header(ID, "3") + "abc").end().hear())
                    .isEqualTo("{\"refused\":{\"reason\":\"bytes came before the answer that says from where:"
                            + " wait for \\\"have\\\"\"}}\n\n");
        }
        assertThat(Receiving.names(server.folder())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../../../../etc/passwd, 3, an upload's id is 128 bits as 22 characters of base64url",
        "kq0n3mZtT8u1cQ5Zb0yJxh, 3, an upload's id is 128 bits as 22 characters of base64url",
        "kq0n3mZtT8u1cQ5Zb0yJxg, -1, 'whole number, 0 or more'",
        "kq0n3mZtT8u1cQ5Zb0yJxg, \"3\", 'whole number, 0 or more'",
        "kq0n3mZtT8u1cQ5Zb0yJxg, 3.5, 'whole number, 0 or more'",
        "kq0n3mZtT8u1cQ5Zb0yJxg, 4611686018427387904, there is no room: it needs 4611686018427387904 bytes",
        "kq0n3mZtT8u1cQ5Zb0yJxg, 9223372036854775808, is more than can be stored"
    })
    void hostile_headers_are_refused_and_leave_nothing(String id, String size, String reason) throws Exception {
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say(header(id, size)).end().hear())
                    .startsWith("{\"refused\":{\"reason\":\"")
                    .contains(reason);
        }
        assertThat(server.parts()).isEmpty();
        assertThat(Receiving.names(server.folder())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "{}, 'this server takes uploads alone'",
        "'{\"upload\":true}', 'this server takes uploads alone'",
        "'{\"upload\":{\"id\":7}}', 'an upload''s id is'"
    })
    void what_is_no_upload_is_refused(String header, String reason) throws Exception {
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say(header + "\n\n").end().hear()).contains(reason);
        }
    }

    @Test
    void a_digest_that_is_not_that_of_what_came_is_refused_and_the_upload_begins_anew() throws Exception {
        String header = "{\"size\":3,\"sha256\":\"" + "0".repeat(64) + "\",\"upload\":{\"id\":\"" + ID + "\"}}\n\n";
        assertThat(upload(header, "{\"upload\":{\"have\":0}}", "abc"))
                .contains("the header says sha256 000")
                .contains("what came has ba7816bf");
        assertThat(Receiving.names(server.folder())).isEmpty();
        assertThat(upload(header(ID, "3"), "{\"upload\":{\"have\":0}}", "abc")).contains("ba7816bf");
    }

    @ParameterizedTest
    @CsvSource({
        "../../x, .._.._x, _._.._x",
        "/etc/passwd, _etc_passwd, _etc_passwd",
        "-rf, _rf, _rf",
        ".restream, _restream, _restream"
    })
    void a_name_leads_nowhere_else(String said, String unused, String stored) throws Exception {
        String header = "{\"name\":\"" + said + "\",\"upload\":{\"id\":\"" + UploadId.random() + "\"}}\n\n";
        upload(header, "{\"upload\":{\"have\":0}}", "abc");
        assertThat(Receiving.names(server.folder())).hasSize(1).allMatch(name -> !name.startsWith("."));
        assertThat(temp.resolve("x")).doesNotExist();
    }

    @Test
    void where_the_folder_can_not_be_written_the_client_comes_again_and_learns_no_path() throws Exception {
        upload(header(UploadId.random(), "3"), "{\"upload\":{\"have\":0}}", "abc");
        Path uploads = server.folder().resolve(".restream/uploads");
        try (Stream<Path> all = Files.list(uploads)) {
            for (Path file : all.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(uploads);
        try (Raw raw = new Raw(server.address())) {
            assertThat(raw.say(header(ID, "3")).end().hear())
                    .startsWith("{\"refused\":{\"reason\":\"it can't be stored now: no such file or folder")
                    .contains("\"retryMs\":60000")
                    .doesNotContain("uploads/");
        }
    }
}
