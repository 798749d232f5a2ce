package org.restream.examples;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;

/** Stores the files of {@link SendFile} in a folder. A file that did not arrive completely leaves nothing behind. */
public final class ReceiveFiles {
    private ReceiveFiles() {}

    /** The arguments are a folder, and optionally a port. */
    public static void main(String... args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: ReceiveFiles FOLDER [PORT]");
            System.exit(2);
        }
        int port = args.length > 1 ? Integer.parseInt(args[1]) : Restream.DEFAULT_PORT;
        serve(Path.of(args[0]), ServerOptions.defaults().port(port));
    }

    static RestreamServer serve(Path folder, ServerOptions options) throws IOException {
        return Restream.createServer(options, (req, res) -> receive(req, res, folder))
                .listen();
    }

    private static void receive(Incoming req, Outgoing res, Path folder) throws IOException {
        String name = req.header().getString("name");
        if (name == null || !name.matches("(?U)\\w[\\w. -]*")) {
            res.header("refused", "this is not a file name"); // an exception here would make the client try again
            return;
        }
        Path part = Files.createTempFile(folder, ".receiving-", null);
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                req.transferTo(out); // a cut body throws
            }
            Long size = req.header().getLong("size");
            if (size == null || size != Files.size(part)) {
                throw new IOException("the sender announced " + size + " bytes, but sent " + Files.size(part));
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            res.header("size", size);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
