package org.restream.files;

import java.nio.file.Path;
import java.time.Duration;

/** The two processes that {@link KilledTest} kills. */
final class Killed {
    private Killed() {}

    /** Receives into a folder, at a port that it prints. */
    static final class Server {
        public static void main(String[] args) throws Exception {
            Receiving server = Receiving.start(Path.of(args[0]));
            System.out.println(server.address().getPort());
        }
    }

    /** Sends a file, and prints its digest. */
    static final class Client {
        public static void main(String[] args) throws Exception {
            UploadResult result = FileSender.to(Receiving.options(args[1]).retryDelay(Duration.ofMillis(10)))
                    .stateFolder(Path.of(args[0]))
                    .send(Path.of(args[2]));
            System.out.println(result.sha256());
        }
    }
}
