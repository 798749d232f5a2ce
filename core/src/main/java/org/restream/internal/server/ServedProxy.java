package org.restream.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.event.EventReporter;
import org.restream.internal.net.TcpConnection;

/** A connection from a proxy: reads the header, and serves the client that it names. */
final class ServedProxy implements AcceptedConnection {
    private final TcpConnection connection;
    private final ServedConnections clients;
    private final Connections connections;
    private final EventReporter<ServerEvent> reporter;
    private final ProxyHeaderWait wait;
    private final int maxPerAddress;
    private volatile @Nullable ServedConnection client;
    private volatile @Nullable String cancelled;
    private @Nullable InetAddress counted;

    /**
     * @param clients makes what serves the client
     * @param connections counts the client's connections
     */
    ServedProxy(
            TcpConnection connection,
            ServedConnections clients,
            Connections connections,
            EventReporter<ServerEvent> reporter,
            ServerOptions options) {
        this.connection = connection;
        this.clients = clients;
        this.connections = connections;
        this.reporter = reporter;
        maxPerAddress = options.maxConnectionsPerAddress();
        wait = new ProxyHeaderWait(connection, options.headerTimeout(), options.idleTimeout(), Timer.system());
    }

    @Override
    public void run() {
        try {
            if (client == null) {
                begin();
            }
        } catch (Throwable e) {
            // neither the proxy's fault nor the client's: no memory, say
            connection.abort();
            reporter.reportBug("a connection can't be served", e, rejected(e));
            return;
        }
        ServedConnection made = client;
        if (made != null) {
            made.run();
        }
    }

    private void begin() {
        ProxyHeaderWait.Result result;
        try {
            result = wait.read();
        } catch (IOException e) {
            connection.abort();
            reporter.report(connection.endedSilently() ? new ServerEvent.NoRequest(connection.peer(), 0) : rejected(e));
            return;
        }
        InetSocketAddress named = result.header().client();
        if (named == null || enter(named)) {
            InetSocketAddress peer = named == null ? connection.peer() : named;
            serve(clients.of(new ProxiedConnection(connection, peer, result.rest()), named != null, result.spent()));
        }
    }

    private ServerEvent rejected(Throwable cause) {
        FailureKind kind = cancelled == null ? FailureKind.HEADER : FailureKind.CLOSED;
        return new ServerEvent.Rejected(connection.peer(), 0, kind, cause);
    }

    /** Counts the client that the proxy has named. What a proxy does for itself is not limited. */
    private boolean enter(InetSocketAddress named) {
        reporter.report(new ServerEvent.Proxied(named, connection.peer()));
        InetAddress address = named.getAddress();
        if (!connections.enter(address)) {
            connection.abort();
            reporter.report(ExchangeReport.tooMany(named, maxPerAddress));
            return false;
        }
        counted = address;
        return true;
    }

    private void serve(ServedConnection made) {
        client = made;
        String why = cancelled;
        if (why != null) {
            made.cancel(why);
        }
    }

    @Override
    public void fail(Throwable cause) {
        ServedConnection made = clients.of(connection);
        made.fail(cause);
        client = made;
    }

    @Override
    public @Nullable InetAddress counted() {
        return counted;
    }

    @Override
    public void cancel(String why) {
        cancelled = why;
        wait.end(new IOException(why));
        ServedConnection made = client;
        if (made != null) {
            made.cancel(why);
        }
    }

    @Override
    public void giveUp() {
        ServedConnection made = client;
        if (made != null) {
            made.giveUp();
        }
    }

    @Override
    public boolean isRunByCaller() {
        ServedConnection made = client;
        return made != null && made.isRunByCaller();
    }
}
