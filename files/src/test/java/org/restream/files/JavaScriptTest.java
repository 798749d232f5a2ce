package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;

/** A peer that was written from the documentation, in another language, in both roles. */
class JavaScriptTest {
    private static final int SIZE = 4_000_000;

    @TempDir
    Path temp;

    private Process node(String... arguments) throws IOException {
        assumeTrue(isThere(), "there is no \"node\" on the PATH");
        Path script = temp.resolve("upload.js");
        try (InputStream in = JavaScriptTest.class.getResourceAsStream("upload.js")) {
            Files.write(script, in.readAllBytes());
        }
        List<String> command = Stream.concat(Stream.of("node", script.toString()), Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    private static Header said(BufferedReader out) throws IOException {
        return Header.parse(String.valueOf(out.readLine()));
    }

    @Test
    void a_client_of_JavaScript_goes_on_after_a_reset() throws Exception {
        Path file = RandomFile.of(temp.resolve("x"), SIZE, 11);
        try (Receiving server = Receiving.start(temp)) {
            Process node =
                    node("send", "" + server.address().getPort(), UploadId.random(), file.toString(), "" + SIZE / 2);
            try (BufferedReader out = node.inputReader()) {
                assertThat(said(out).toString()).isEqualTo("{\"upload\":{\"have\":0}}");
                // what had not been received was lost with the reset
                assertThat((Map<?, ?>) said(out).get("upload"))
                        .extracting("have", InstanceOfAssertFactories.LONG)
                        .isLessThanOrEqualTo(SIZE / 2);
                assertThat(said(out))
                        .isEqualTo(new UploadResult("from-node", SIZE, RandomFile.sha256(file)).toHeader());
            } finally {
                node.destroyForcibly();
            }
            assertThat(server.folder().resolve("from-node")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void a_server_of_JavaScript_gets_the_rest_after_a_reset() throws Exception {
        Path file = RandomFile.of(temp.resolve("x"), SIZE, 12);
        Path received = temp.resolve("received");
        Process node = node("receive", received.toString(), "" + SIZE / 2);
        try (BufferedReader out = node.inputReader()) {
            Long port = said(out).getLong("port");
            UploadResult result = Receiving.sender(temp, "127.0.0.1:" + port).send(file);
            assertThat(result).isEqualTo(new UploadResult("x", SIZE, RandomFile.sha256(file)));
            assertThat(received).hasSameBinaryContentAs(file);
        } finally {
            node.destroyForcibly();
        }
    }
}
