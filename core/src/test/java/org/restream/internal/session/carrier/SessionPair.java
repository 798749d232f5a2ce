package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.session.Channel;
import org.restream.internal.session.Channels;
import org.restream.internal.session.Memory;
import org.restream.internal.session.SessionConfig;
import org.restream.testing.PipeLink;

/**
 * The two sides of a session with one exchange, over a connection in memory. They have the system's clock, whatever that of the
 * exchange is.
 */
public final class SessionPair implements AutoCloseable {
    private static final int PLACES = 16;
    private static final int QUANTUM = 16 * 1024;
    private static final int MAX_FRAME = 64 * 1024;
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final SharedSession client;
    private final SharedSession server;
    private final SessionTestLink clients;
    private final SessionTestLink servers;

    /**
     * @param window how much one side sends before the other reads; besides, each holds some of what it has to send
     */
    public SessionPair(int window) throws Exception {
        CompletableFuture<SessionLink> opened = new CompletableFuture<>();
        client = new SharedSession(config(true, window), Allowance.CLIENT, Timer.system(), (link, deadline) -> {
            throw new IllegalStateException("a server opens no exchange");
        });
        server = new SharedSession(
                config(false, window),
                new Allowance(PLACES, Memory.PLENTY, Duration.ZERO),
                Timer.system(),
                (link, deadline) -> opened.complete(link));
        List<PipeLink> wire = PipeLink.pair(MAX_FRAME);
        carry(client, wire.get(0), window, server.allowed());
        carry(server, wire.get(1), window, 0);
        Channel channel = client.lock().asked(client.core()::open);
        SessionLink begun = client.lock().asked(() -> new SessionLink(client, 1, channel));
        client.lock().run(() -> {
            client.links().add(begun);
            channel.open();
        });
        SessionLink accepted = opened.get(30, TimeUnit.SECONDS);
        clients = new SessionTestLink(begun, channel);
        servers = new SessionTestLink(accepted, server.lock().asked(() -> Channels.only(server.core())));
        clients.other(servers);
        servers.other(clients);
    }

    private static SessionConfig config(boolean isClient, int window) {
        return new SessionConfig(isClient, window, window, 4L * window, isClient ? 0 : PLACES, QUANTUM, MAX_FRAME);
    }

    private static void carry(SharedSession session, Connection connection, int window, long allowed) {
        Carrier carrier = new Carrier(session, connection, MAX_FRAME, BEAT, Duration.ZERO);
        session.attach(carrier, false, window, allowed, MAX_FRAME);
        Threads.run("test-session", () -> {
            IOException unused = carrier.run(ByteBuffer.allocate(1024).limit(0));
        });
    }

    public SessionTestLink client() {
        return clients;
    }

    public SessionTestLink server() {
        return servers;
    }

    @Override
    public void close() {
        IOException over = new IOException("the test is over");
        client.end(over);
        server.end(over);
    }
}
