package org.restream.internal.session.client;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.FailureKind;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.link.OpenException;
import org.restream.internal.net.Connector;
import org.restream.internal.net.Lookup;
import org.restream.internal.session.client.DialedSession.Attached;
import org.restream.internal.text.SafeText;
import org.restream.internal.tls.Tls;

/**
 * How a client's sessions get their connections, and who hears of it.
 *
 * @param servers those that the client may ask
 * @param connector makes connections, if with TLS then those that offer {@link SingleSessions#ALPN}
 * @param events gets the events of sessions, on threads of their own
 */
record Dialing(List<ServerAddress> servers, Connector connector, Consumer<ClientEvent> events) {
    /** That of a client that wants nothing but sessions. */
    static Dialing of(ClientOptions options, Consumer<ClientEvent> events) {
        Supplier<SSLContext> tls = options.tlsFrom();
        Connector.Layer layer = tls == null
                ? (connection, server) -> connection
                : (connection, server) ->
                        Tls.client(connection, tls, server.host(), server.port(), List.of(SingleSessions.ALPN));
        return new Dialing(
                options.servers(),
                new Connector(options.connectTimeout(), new Lookup(InetAddress::getAllByName), Timer.system(), layer),
                events);
    }

    /**
     * Connects, and asks for a new session.
     *
     * @throws NoSessionsException the server has shown that it speaks none
     * @throws NoAnswerException it has said nothing, as servers do that don't know the protocol
     * @throws OpenException no connection could be made, or the server does not want the session now
     */
    Attached begin(ServerAddress server, DialedSession session) throws OpenException, InterruptedException {
        Connection made = connector.connect(server);
        boolean agreed = made.applicationProtocol().equals(SingleSessions.ALPN);
        if (made.applicationProtocol().equals(SingleSessions.PLAIN_ALPN)) {
            made.abort();
            throw new NoSessionsException(server + ": the server speaks no sessions: its TLS says so", null);
        }
        try {
            return session.begin(made);
        } catch (RefusedSessionException e) {
            DialedSession.end(made);
            String message = server + ": " + e.getMessage();
            throw e.isWithoutSessions() && !agreed ? new NoSessionsException(message, e) : refused(message, e);
        } catch (NoSessionsException e) {
            DialedSession.end(made);
            String message = server + ": " + e.getMessage();
            throw agreed ? refused(message, e) : new NoSessionsException(message, e);
        } catch (NoAnswerException e) {
            DialedSession.end(made);
            String message = server + ": " + e.getMessage();
            throw agreed ? new OpenException(e.kind(), message, e) : new NoAnswerException(message, e.isSilent(), e);
        } catch (IOException e) {
            made.abort();
            throw refused(server + ": no session: " + SafeText.message(e), e);
        } catch (RuntimeException | Error e) {
            made.abort();
            throw e;
        }
    }

    private static OpenException refused(String message, IOException cause) {
        return new OpenException(FailureKind.SESSION, message, cause);
    }
}
