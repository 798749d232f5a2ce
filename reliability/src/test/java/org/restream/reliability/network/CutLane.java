package org.restream.reliability.network;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.testing.Events;
import org.restream.testing.Sight;
import org.restream.testing.TestCa;

/**
 * Runs cells of the cut matrix, one at a time, with a server behind a proxy that cuts, and another behind one that does
 * not.
 */
final class CutLane implements AutoCloseable {
    private static final TestCa CA = new TestCa();
    /** Ed25519 signatures have a fixed length, so each handshake has the same number of bytes. */
    private static final SSLContext SERVER = CA.context(CA.issueWith("Ed25519", "127.0.0.1"));

    private static final Duration WITHIN = Duration.ofSeconds(30);
    /** After this time no event of the server comes any more. */
    private static final Duration NEVER = Duration.ofMillis(500);

    private final boolean tls;
    private final Duration idleTimeout;
    private final Duration connectTimeout;
    /** The ends by the client's port. Each server has its own, because one port may connect to two servers. */
    private final Map<Integer, CompletableFuture<ServerEvent>> ends = new ConcurrentHashMap<>();

    private final Map<Integer, CompletableFuture<ServerEvent>> endsAtOther = new ConcurrentHashMap<>();
    private final RestreamServer server;
    private final RestreamServer other;
    private final FaultProxy cutting;
    private final FaultProxy harmless;

    private volatile boolean listening;
    private volatile Sight atServer = new Sight();
    /** What the client sees in its last attempt. */
    private volatile Sight again = new Sight();
    /** What the other server sees in the last attempt. */
    private volatile Sight atOther = new Sight();

    CutLane(boolean tls, Duration idleTimeout, Duration connectTimeout) throws IOException {
        this.tls = tls;
        this.idleTimeout = idleTimeout;
        this.connectTimeout = connectTimeout;
        server = server(ends, (req, res) -> answer(atServer, req, res));
        other = server(endsAtOther, (req, res) -> {
            atOther = new Sight();
            answer(atOther, req, res);
        });
        cutting = new FaultProxy(server.address());
        harmless = new FaultProxy(other.address());
    }

    private RestreamServer server(Map<Integer, CompletableFuture<ServerEvent>> ended, RestreamServer.Handler handler)
            throws IOException {
        ServerOptions options =
                ServerOptions.defaults().idleTimeout(idleTimeout).listener(event -> ended(event, ended));
        return Restream.createServer(tls ? options.tls(SERVER) : options, handler)
                .listen(0);
    }

    private static void ended(ServerEvent event, Map<Integer, CompletableFuture<ServerEvent>> ended) {
        if (event instanceof ServerEvent.Completed completed) {
            end(ended, completed.peer().getPort()).complete(event);
        } else if (event instanceof ServerEvent.Failed failed) {
            end(ended, failed.peer().getPort()).complete(event);
        } else if (event instanceof ServerEvent.Rejected rejected) {
            end(ended, rejected.peer().getPort()).complete(event);
        }
    }

    private static CompletableFuture<ServerEvent> end(Map<Integer, CompletableFuture<ServerEvent>> ended, int port) {
        return ended.computeIfAbsent(port, unseen -> new CompletableFuture<>());
    }

    private void answer(Sight sight, Incoming req, Outgoing res) throws IOException {
        if (listening) {
            sight.listen(req, () -> say(Parcel.ANSWER, res));
        } else {
            sight.read(req);
            say(Parcel.ANSWER, res);
        }
    }

    private void ask(Sight sight, Outgoing req, Incoming res) throws IOException {
        if (listening) {
            sight.listen(res, () -> {});
        }
        try {
            say(Parcel.REQUEST, req);
        } catch (IOException e) {
            sight.error(e);
            throw e;
        }
        if (!listening) {
            sight.read(res);
        }
    }

    private static void say(Parcel parcel, Outgoing out) throws IOException {
        out.header(parcel.header()).end(parcel.body());
    }

    CutResult run(Cut cut) throws InterruptedException {
        Sight atClient = new Sight();
        listening = cut.listening();
        atServer = new Sight();
        ends.clear();
        endsAtOther.clear();
        cutting.plan(cut.fault());
        Events<ClientEvent> events = new Events<>();
        CompletableFuture<Long> ended = new CompletableFuture<>();
        try (RestreamClient client = Restream.createClient(options(events, ended), (req, res) -> {
            boolean first = events.all(ClientEvent.Connecting.class).size() == 1;
            again = first ? atClient : new Sight();
            ask(again, req, res);
        })) {
            boolean complete = completes(client);
            ProxiedConnection connection = cutting.connection();
            CompletableFuture<Long> struck = connection.pump(cut.direction()).struck();
            ServerEvent serverEvent = await(ends, connection, cut.isResetAtOnce() ? NEVER : WITHIN);
            boolean cameBack = complete
                    && (events.all(ClientEvent.Connecting.class).size() == 1
                            || (Parcel.ANSWER.isWholeIn(again)
                                    && Parcel.REQUEST.isWholeIn(atOther)
                                    && await(endsAtOther, harmless.last(), WITHIN) instanceof ServerEvent.Completed));
            return new CutResult(
                    cut,
                    struck.isDone(),
                    connection.pump(cut.direction()).delivered(),
                    events.all().stream()
                            .filter(CutLane::endsAnAttempt)
                            .findFirst()
                            .orElse(null),
                    atClient,
                    serverEvent,
                    atServer,
                    Duration.ofNanos(ended.getNow(0L) - struck.getNow(0L)),
                    events.all(),
                    cameBack);
        } finally {
            cutting.clear();
            harmless.clear();
        }
    }

    /** The number of bytes on the connection for an exchange that is not cut. */
    long length(Direction direction) throws InterruptedException {
        Cut none = new Cut(tls, false, 0, new Fault(direction, Long.MAX_VALUE, Fault.Kind.FIN));
        return run(none).delivered();
    }

    private ClientOptions options(Events<ClientEvent> events, CompletableFuture<Long> ended) {
        String next = harmless.address();
        ClientOptions options = ClientOptions.defaults()
                // more than one further attempt happens only if a busy machine makes an attempt too slow
                .servers(cutting.address(), next, next, next, next, next)
                .retryDelay(Duration.ZERO)
                .idleTimeout(idleTimeout)
                .connectTimeout(connectTimeout)
                .listener(event -> {
                    if (endsAnAttempt(event)) {
                        ended.complete(System.nanoTime());
                    }
                    events.accept(event);
                });
        return tls ? options.tls(CA.context()) : options;
    }

    private static boolean endsAnAttempt(ClientEvent event) {
        return event instanceof ClientEvent.Failed
                || event instanceof ClientEvent.Lost
                || event instanceof ClientEvent.Completed;
    }

    private static boolean completes(RestreamClient client) throws InterruptedException {
        try {
            client.completion().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static ServerEvent await(
            Map<Integer, CompletableFuture<ServerEvent>> ended, ProxiedConnection connection, Duration within)
            throws InterruptedException {
        try {
            return end(ended, connection.portAtServer()).get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        cutting.close();
        harmless.close();
        server.close(Duration.ZERO);
        other.close(Duration.ZERO);
    }
}
