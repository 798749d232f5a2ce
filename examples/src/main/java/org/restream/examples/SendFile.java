package org.restream.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamClient;

/** Sends a file to {@link ReceiveFiles}, and tries again whenever the connection is lost. */
public final class SendFile {
    private SendFile() {}

    /** The arguments are a file, and optionally a server. */
    public static void main(String... args) {
        if (args.length == 0) {
            System.err.println("usage: SendFile FILE [SERVER]");
            System.exit(2);
        }
        Path file = Path.of(args[0]);
        String server = args.length > 1 ? args[1] : "127.0.0.1";
        send(file, ClientOptions.defaults().servers(server).retryDelay(Duration.ofSeconds(1)))
                .completion()
                .join();
    }

    static RestreamClient send(Path file, ClientOptions options) {
        return Restream.createClient(options, (req, res) -> {
            req.header("name", file.getFileName().toString()).header("size", Files.size(file));
            req.transferFrom(file);
            req.end();
            System.out.println(file.getFileName() + ": " + res.header());
        });
    }
}
