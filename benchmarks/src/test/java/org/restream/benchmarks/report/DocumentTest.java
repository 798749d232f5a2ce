package org.restream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {
    @TempDir
    Path folder;

    @Test
    void whatWasMeasuredIsReplacedAndNothingElse() throws IOException {
        Path file = folder.resolve("figures.md");
        Files.writeString(
                file,
                "# Before\n<!-- measured: a -->\nold\n<!-- end -->\nbetween\n<!-- measured: b -->\n<!-- end -->\n");
        Document document = new Document(file);
        document.put("a", "new\n");
        document.put("b", "first");
        document.write();
        assertThat(file)
                .hasContent("# Before\n<!-- measured: a -->\n\nnew\n\n<!-- end -->\nbetween\n"
                        + "<!-- measured: b -->\n\nfirst\n\n<!-- end -->\n");
    }

    @Test
    void aPlaceThatIsMissingIsAnError() throws IOException {
        Path file = Files.writeString(folder.resolve("figures.md"), "nothing here\n");
        assertThatThrownBy(() -> new Document(file).put("a", "new"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no place for a");
    }
}
