package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An example that needs arguments names them when it is started without. */
class UsageTest {
    @ParameterizedTest
    @ValueSource(classes = {SendFile.class, ReceiveFiles.class, SecureEcho.class})
    void without_arguments_it_says_what_it_takes(Class<?> example) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        example.getName()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).startsWith("usage: " + example.getSimpleName() + " ");
        assertThat(process.exitValue()).isEqualTo(2);
    }
}
