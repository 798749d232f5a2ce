package org.restream.reliability.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.restream.testing.JavaProcess;

/** Senders that are started before they are needed, because a JVM starts slowly. */
final class SenderPool implements AutoCloseable {
    private final @Nullable Path keyStore;
    private final Queue<JavaProcess> ready = new ArrayDeque<>();

    /** Uses TLS if there is a key store. */
    SenderPool(int ahead, @Nullable Path keyStore) throws IOException {
        this.keyStore = keyStore;
        for (int i = 0; i < ahead; i++) {
            ready.add(JavaProcess.start(Sender.class));
        }
    }

    /** Takes a sender, which begins now: see {@link Sender}. */
    JavaProcess take(int port, long length, String end) throws IOException {
        JavaProcess sender = ready.remove();
        ready.add(JavaProcess.start(Sender.class));
        sender.say(port + " " + length + " " + end + " " + (keyStore == null ? "-" : keyStore));
        return sender;
    }

    @Override
    public void close() throws Exception {
        for (JavaProcess sender : ready) {
            sender.close();
        }
    }
}
