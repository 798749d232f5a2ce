package org.restream.internal.client;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.NeverStartedException;
import org.restream.ServerAddress;
import org.restream.SessionMode;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.OpenException;
import org.restream.internal.net.Connector;
import org.restream.internal.net.Lookup;
import org.restream.internal.session.client.KnownServers;
import org.restream.internal.session.client.NoAnswerException;
import org.restream.internal.session.client.NoSessionsException;
import org.restream.internal.session.client.SingleSessions;
import org.restream.internal.text.SafeText;
import org.restream.internal.tls.Tls;

/** Opens the lines of a client: connections or sessions, as its {@link SessionMode} says. */
final class Lines {
    private final ClientOptions options;
    private final KnownServers known;
    private final Consumer<ClientEvent> events;
    private final Connector plain;
    private final SingleSessions sessions;
    /** Servers that have said that they speak no sessions, with none in between that does. */
    private final Set<ServerAddress> without = new HashSet<>();

    /**
     * @param name the beginning of the names of its threads
     * @param events gets the events of sessions, some on threads of their own
     * @param context wraps the work of such a thread
     */
    Lines(
            ClientOptions options,
            String name,
            KnownServers known,
            Consumer<ClientEvent> events,
            UnaryOperator<Runnable> context) {
        this.options = options;
        this.known = known;
        this.events = events;
        plain = connector(options, List.of());
        List<String> protocols = options.session() == SessionMode.PREFERRED
                ? List.of(SingleSessions.ALPN, SingleSessions.PLAIN_ALPN)
                : List.of(SingleSessions.ALPN);
        sessions = new SingleSessions(name, options.servers(), connector(options, protocols), known, events, context);
    }

    private static Connector connector(ClientOptions options, List<String> protocols) {
        Supplier<SSLContext> tls = options.tlsFrom();
        return new Connector(
                options.connectTimeout(),
                new Lookup(InetAddress::getAllByName),
                Timer.system(),
                tls == null
                        ? (connection, server) -> connection
                        : (connection, server) -> Tls.client(connection, tls, server.host(), server.port(), protocols));
    }

    /**
     * Connects.
     *
     * @throws NeverStartedException no server of the list speaks sessions, where they are required
     * @throws OpenException it is not connected
     */
    Line open(ServerAddress server) throws OpenException, NeverStartedException, InterruptedException {
        return switch (options.session()) {
            case PLAIN -> plain(server);
            case REQUIRED -> required(server);
            case PREFERRED -> preferred(server);
        };
    }

    private Line plain(ServerAddress server) throws OpenException, InterruptedException {
        return new PlainLine(plain.connect(server), options.idleTimeout());
    }

    private Line session(ServerAddress server) throws OpenException, InterruptedException {
        Line line = new SessionLine(sessions.begin(server));
        without.clear();
        return line;
    }

    private Line required(ServerAddress server) throws OpenException, NeverStartedException, InterruptedException {
        try {
            return session(server);
        } catch (NoSessionsException e) {
            without.add(server);
            if (without.containsAll(options.servers())) {
                throw new NeverStartedException(SafeText.message(e), e);
            }
            throw e;
        }
    }

    private Line preferred(ServerAddress server) throws OpenException, InterruptedException {
        String said = known.saidNone(server);
        if (said != null) {
            return fallBack(server, new IOException(said));
        }
        try {
            return session(server);
        } catch (NoSessionsException e) {
            if (known.hasSpoken(server)) {
                throw e;
            }
            known.speaksNone(server, String.valueOf(e.getMessage()));
            return fallBack(server, e);
        } catch (NoAnswerException e) {
            if (known.hasSpoken(server)) {
                throw e;
            }
            // perhaps only a loss: not remembered
            return fallBack(server, e);
        }
    }

    private Line fallBack(ServerAddress server, IOException why) throws OpenException, InterruptedException {
        events.accept(new ClientEvent.FellBack(server, why));
        return plain(server);
    }
}
