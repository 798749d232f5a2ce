package org.restream.cli.listen.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.cli.command.Digest;

/** Files that are on the disk already, and get their names: also after a process has died in the middle of that. */
class WholeFilesTest {
    private static final Header HEADER = Header.of("name", "x.txt");

    @TempDir
    Path temp;

    private Path folder;
    private Path whole;

    @BeforeEach
    void files() throws IOException {
        folder = Files.createDirectory(temp.resolve("in"));
        whole = Files.writeString(temp.resolve("part"), "hello");
    }

    private OutputFolder.Stored store(boolean overwrite) throws Exception {
        WholeFiles files = new WholeFiles(new OutputFolder(folder, overwrite), folder, overwrite);
        return files.store(whole, Digest.of(whole), HEADER, "x.txt");
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stored_again_it_is_there_once(boolean overwrite) throws Exception {
        assertThat(store(overwrite).name()).isEqualTo("x.txt");
        assertThat(whole).hasContent("hello");
        assertThat(store(overwrite).name()).isEqualTo("x.txt");
        assertThat(stored()).containsExactly("x.txt", "x.txt.json");
        assertThat(folder.resolve("x.txt")).hasContent("hello");
        assertThat(folder.resolve("x.txt.json")).hasContent(HEADER + "\n");
    }

    @Test
    void one_that_had_its_name_and_no_header_yet_gets_the_header() throws Exception {
        Files.createLink(folder.resolve("x.txt"), whole);
        assertThat(store(false)).isEqualTo(new OutputFolder.Stored("x.txt", Digest.of(whole), true));
        assertThat(stored()).containsExactly("x.txt", "x.txt.json");
    }

    @Test
    void one_that_had_a_name_with_a_number_keeps_it() throws Exception {
        Files.writeString(folder.resolve("x.txt"), "another");
        Files.createLink(folder.resolve("x-2.txt"), whole);
        assertThat(store(false).name()).isEqualTo("x-2.txt");
        assertThat(folder.resolve("x.txt")).hasContent("another");
        assertThat(stored()).containsExactly("x-2.txt", "x-2.txt.json", "x.txt");
    }

    @Test
    void another_file_of_that_name_stays() throws Exception {
        Files.writeString(folder.resolve("x.txt"), "another");
        assertThat(store(false).name()).isEqualTo("x-2.txt");
        assertThat(folder.resolve("x.txt")).hasContent("another");
    }

    @Test
    void another_file_of_that_name_is_replaced_where_that_is_wanted() throws Exception {
        Files.writeString(folder.resolve("x.txt"), "another");
        assertThat(store(true).name()).isEqualTo("x.txt");
        assertThat(folder.resolve("x.txt")).hasContent("hello");
    }
}
