package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The distribution, installed by a user in the home folder. */
class InstallTest extends OnHosts {
    private static final Path BUILT = Document.ROOT.resolve("cli/target");

    @Test
    @Runs({Block.INSTALL, Block.ARCHIVE})
    void it_is_a_command_of_the_user() throws Exception {
        Path distribution = distribution();
        String name = distribution.getFileName().toString();
        String version = name.substring("restream-".length(), name.length() - ".tar.gz".length());
        Files.copy(distribution, sender.path(name));
        sender.run(Block.INSTALL.text().replace("VERSION", version));

        String path = "PATH=" + sender.path(".local/bin") + ":$PATH\n";
        assertThat(sender.run(path + "command -v restream").strip())
                .isEqualTo(sender.path(".local/bin/restream").toString());
        assertThat(sender.run(path + "restream --version")).isEqualTo("restream " + version + "\n");

        sender.run(path + Block.ARCHIVE.text());
        assertThat(sender.run("cd ~/.local/lib/restream-" + version + "/lib; ls"))
                .containsPattern("(?m)^restream-[0-9._+-]+\\.(jsa|aot)$");
        assertThat(sender.run(path + "restream --version")).isEqualTo("restream " + version + "\n");
    }

    private static Path distribution() throws Exception {
        List<Path> found = List.of();
        if (Files.isDirectory(BUILT)) {
            try (Stream<Path> files = Files.list(BUILT)) {
                found = files.filter(file -> file.getFileName().toString().matches("restream-.*\\.tar\\.gz"))
                        .toList();
            }
        }
        assumeTrue(found.size() == 1, "there is no distribution in cli/target: \"mvn package\" makes it");
        return found.get(0);
    }
}
