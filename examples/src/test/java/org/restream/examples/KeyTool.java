package org.restream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Makes self-signed certificates with the JDK's keytool. */
record KeyTool(Path folder) {
    static final String PASSWORD = "of a test";

    /** Makes NAME.p12, and adds its certificate to {@link #certificates()}. */
    void make(String name) throws Exception {
        run(
                "-genkeypair",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2");
        Path one = folder.resolve(name + ".pem");
        run("-exportcert", name, "-rfc", "-file", one.toString());
        Files.writeString(certificates(), Files.readString(one), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    Path certificates() {
        return folder.resolve("authorities.pem");
    }

    private void run(String command, String name, String... more) throws IOException, InterruptedException {
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                name,
                "-keystore",
                store(name).toString(),
                "-storepass",
                PASSWORD));
        call.addAll(List.of(more));
        Process process = new ProcessBuilder(call)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
    }
}
