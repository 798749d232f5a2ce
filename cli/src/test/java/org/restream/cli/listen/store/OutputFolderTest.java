package org.restream.cli.listen.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.command.Digest;

class OutputFolderTest {
    private static final Header HEADER = Header.of("name", "a");

    @TempDir
    Path dir;

    @Test
    void a_body_has_its_header_beside_it() throws Exception {
        assertStored(store("a.sql", "body"), "a.sql", false);
        assertThat(dir.resolve("a.sql")).hasContent("body");
        assertThat(dir.resolve("a.sql.json")).hasContent("{\"name\":\"a\"}\n");
        assertThat(files()).containsExactly("a.sql", "a.sql.json");
    }

    @Test
    void another_body_of_the_same_name_gets_a_number() throws Exception {
        store("a.sql", "one");
        assertStored(store("a.sql", "two"), "a-2.sql", false);
        assertStored(store("a.sql", "three"), "a-3.sql", false);
        assertThat(dir.resolve("a.sql")).hasContent("one");
    }

    @Test
    void the_same_request_again_is_stored_once() throws Exception {
        store("a.sql", "one");
        store("a.sql", "two");
        assertStored(store("a.sql", "two"), "a-2.sql", true);
        assertThat(files()).hasSize(4);
    }

    @Test
    void the_same_body_with_another_header_is_another_request() throws Exception {
        store("a", "one");
        assertThat(store(new OutputFolder(dir, false), "a", "one", Header.of("x", 1))
                        .name())
                .isEqualTo("a-2");
    }

    @Test
    void a_body_whose_header_was_never_stored_gets_it() throws Exception {
        store("a", "one");
        Files.delete(dir.resolve("a.json"));
        assertStored(store("a", "one"), "a", true);
        assertThat(dir.resolve("a.json")).hasContent("{\"name\":\"a\"}\n");
    }

    @Test
    void a_header_takes_no_bodys_name_nor_a_body_a_headers() throws Exception {
        store("a.json", "one");
        assertThat(store("a", "two").name()).isEqualTo("a-2");
        store("b", "three");
        assertThat(store("b.json", "four").name()).isEqualTo("b-2.json");
        assertThat(dir.resolve("a.json")).hasContent("one");
        assertThat(dir.resolve("b.json")).hasContent("{\"name\":\"a\"}\n");
    }

    @Test
    void overwriting_replaces_body_and_header_but_none_of_another_request() throws Exception {
        OutputFolder overwriting = new OutputFolder(dir, true);
        store(overwriting, "a", "one", Header.of("n", 1));
        assertThat(store(overwriting, "a", "two", Header.of("n", 2)).name()).isEqualTo("a");
        assertThat(dir.resolve("a")).hasContent("two");
        assertThat(dir.resolve("a.json")).hasContent("{\"n\":2}\n");
        assertThat(store(overwriting, "a.json", "three", HEADER).name()).isEqualTo("a-2.json");
        store(overwriting, "b.json", "four", HEADER);
        assertThat(store(overwriting, "b", "five", HEADER).name()).isEqualTo("b-2");
        assertThat(dir.resolve("b.json")).hasContent("four");
    }

    @Test
    void a_link_at_a_name_is_not_followed(@TempDir Path outside) throws Exception {
        Path secret = Files.writeString(outside.resolve("secret"), "one");
        Files.createSymbolicLink(dir.resolve("a"), secret);
        Files.createSymbolicLink(dir.resolve("b"), outside.resolve("not there"));
        assertThat(store("a", "one").name()).isEqualTo("a-2");
        assertThat(store("b", "two").name()).isEqualTo("b-2");
        store(new OutputFolder(dir, true), "a", "new", HEADER);
        assertThat(secret).hasContent("one");
        assertThat(outside.resolve("not there")).doesNotExist();
    }

    @Test
    void leftovers_are_removed_but_no_file_that_is_written_and_none_of_others() throws Exception {
        Files.writeString(dir.resolve(".restream-12ab.part"), "left");
        Files.writeString(dir.resolve(".other.part"), "theirs");
        try (PartFile written = PartFile.create(dir)) {
            assertThat(PartFile.removeLeftovers(dir)).containsExactly(".restream-12ab.part");
            assertThat(written.path()).exists();
        }
        assertThat(files()).containsExactly(".other.part");
    }

    private static void assertStored(OutputFolder.Stored stored, String name, boolean duplicate) {
        assertThat(stored.name()).isEqualTo(name);
        assertThat(stored.duplicate()).isEqualTo(duplicate);
    }

    private OutputFolder.Stored store(String name, String body) throws Exception {
        return store(new OutputFolder(dir, false), name, body, HEADER);
    }

    private static OutputFolder.Stored store(OutputFolder folder, String name, String body, Header header)
            throws Exception {
        Digest.Builder digest = new Digest.Builder();
        byte[] bytes = body.getBytes(UTF_8);
        try (PartFile part = folder.newPart()) {
            part.write(bytes, bytes.length);
            digest.add(bytes, bytes.length);
            return folder.store(part, digest.build(), header, name);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
