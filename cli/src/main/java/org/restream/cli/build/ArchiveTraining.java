package org.restream.cli.build;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.cli.Main;

/**
 * Does in one process what most calls of the command do. The launcher runs it to record which classes the JVM has to
 * archive.
 */
final class ArchiveTraining {
    private ArchiveTraining() {}

    public static void main(String[] args) throws Exception {
        Path file = Files.createTempFile("restream-training", ".txt");
        try (RestreamServer server = Restream.createServer((req, res) -> {
                    res.header("bytes", req.readAllBytes().length).end("ok\n");
                })
                .listen(0)) {
            Files.writeString(file, "A small file.\n");
            String address = "127.0.0.1:" + server.address().getPort();
            run("send", "-H", "training:=true", "-s", address, file.toString());
            run("listen", "--help");
        } finally {
            Files.delete(file);
        }
    }

    private static void run(String... call) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int status = Main.commandLine(call).setOut(nowhere).execute(call);
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", call) + " ended with status " + status);
        }
    }
}
