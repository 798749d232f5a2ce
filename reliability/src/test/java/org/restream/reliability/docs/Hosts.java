package org.restream.reliability.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.restream.reliability.blackbox.Command;
import org.restream.reliability.network.TwoHosts;

/**
 * The two machines in the documents, as network namespaces, so that no other program uses their ports. The receiver is
 * {@code backup}, {@code backup-b} and {@code backup-a.example}. The sender is {@code backup-a}, where nothing listens, and
 * {@code store.example}, where a balancer may.
 */
final class Hosts implements AutoCloseable {
    private final TwoHosts namespaces;
    private final Host sender;
    private final Host receiver;

    /** Skips the test if such hosts can't be made. */
    Hosts(Path folder, Command command) throws Exception {
        Path names =
                Files.writeString(folder.resolve("hosts"), """
                127.0.0.1 localhost
                %s backup backup-b backup-a.example
                %s backup-a store.example
                """.formatted(TwoHosts.FAR_ADDRESS, TwoHosts.NEAR_ADDRESS));
        namespaces = new TwoHosts();
        sender = new Host(folder.resolve("sender"), names, command, namespaces::atNear);
        receiver = new Host(folder.resolve("receiver"), names, command, namespaces::atFar);
        if (!sender.start("getent hosts backup").succeeds()) {
            namespaces.close();
            assumeTrue(false, "no host can have names of its own here (\"unshare -m\", \"mount --bind\", \"getent\")");
        }
    }

    Host sender() {
        return sender;
    }

    Host receiver() {
        return receiver;
    }

    @Override
    public void close() throws Exception {
        namespaces.close();
    }
}
