package org.restream.internal.tls;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.restream.ClientAuth;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.link.Connection;
import org.restream.testing.PipeLink;
import org.restream.testing.TestCa;

/** A client and a server with TLS, connected in memory. */
final class TlsPair {
    static final TestCa CA = new TestCa();
    static final String HOST = "a.example";
    static final int PORT = 9967;
    static final SSLContext SERVER = CA.context(CA.issue(HOST));

    final PipeLink underClient;
    final PipeLink underServer;
    final Connection client;
    final Connection server;

    private TlsPair(int capacity, SSLContext forClient, SSLContext forServer, ClientAuth clientAuth, String host) {
        List<PipeLink> ends = PipeLink.pair(capacity);
        underClient = ends.get(0);
        underServer = ends.get(1);
        client = Tls.client(underClient, () -> forClient, host, PORT);
        server = Tls.server(underServer, () -> forServer, clientAuth);
    }

    static TlsPair unopened(SSLContext forClient, SSLContext forServer, ClientAuth clientAuth) {
        return unopened(forClient, forServer, clientAuth, HOST);
    }

    /** The client connects to that host. */
    static TlsPair unopened(SSLContext forClient, SSLContext forServer, ClientAuth clientAuth, String host) {
        return new TlsPair(1 << 20, forClient, forServer, clientAuth, host);
    }

    /** A pair that has completed its handshake. */
    static TlsPair open() throws Exception {
        return open(1 << 20, CA.context(), ClientAuth.NONE);
    }

    static TlsPair open(int capacity, SSLContext forClient, ClientAuth clientAuth) throws Exception {
        TlsPair pair = new TlsPair(capacity, forClient, SERVER, clientAuth, HOST);
        CompletableFuture<Void> opened = inBackground(pair.server::open);
        pair.client.open();
        opened.get();
        return pair;
    }

    interface Work {
        void run() throws IOException;
    }

    static CompletableFuture<Void> inBackground(Work work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Threads.start("test-peer", () -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
