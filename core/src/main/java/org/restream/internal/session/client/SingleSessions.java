package org.restream.internal.session.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.restream.ClientEvent;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.Connector;
import org.restream.internal.text.SafeText;

/** Begins sessions that carry one exchange each. */
public final class SingleSessions {
    /** The name of the session protocol in ALPN. */
    public static final String ALPN = "restream/1";

    /** The name of the plain wire in ALPN. */
    public static final String PLAIN_ALPN = "restream";

    private final String name;
    private final Connector connector;
    private final KnownServers known;
    private final Consumer<ClientEvent> events;
    private final UnaryOperator<Runnable> context;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param name the beginning of the names of its threads
     * @param connector makes connections, if with TLS then those that offer {@link #ALPN}
     * @param events gets the events of the sessions, on threads of their own
     * @param context wraps the work of such a thread
     */
    public SingleSessions(
            String name,
            Connector connector,
            KnownServers known,
            Consumer<ClientEvent> events,
            UnaryOperator<Runnable> context) {
        this.name = name;
        this.connector = connector;
        this.known = known;
        this.events = events;
        this.context = context;
    }

    /**
     * Connects, and asks for a session.
     *
     * @throws NoSessionsException the server has shown that it speaks none
     * @throws NoAnswerException it has said nothing, as servers do that don't know the protocol
     * @throws IOException no connection could be made, or the server does not want the session now
     */
    public SingleSession begin(ServerAddress server) throws IOException, InterruptedException {
        Connection made = connector.connect(server);
        boolean agreed = made.applicationProtocol().equals(ALPN);
        if (made.applicationProtocol().equals(PLAIN_ALPN)) {
            made.abort();
            throw new NoSessionsException(server + ": the server speaks no sessions: its TLS says so", null);
        }
        DialedSession session = new DialedSession(Timer.system(), random);
        try {
            DialedSession.Attached first = session.begin(made);
            known.speaks(server);
            return new SingleSession(name, server, session, first, connector, events, context);
        } catch (RefusedSessionException e) {
            DialedSession.end(made);
            String message = server + ": " + e.getMessage();
            throw e.isWithoutSessions() && !agreed ? new NoSessionsException(message, e) : new IOException(message, e);
        } catch (NoSessionsException e) {
            DialedSession.end(made);
            String message = server + ": " + e.getMessage();
            throw agreed ? new IOException(message, e) : new NoSessionsException(message, e);
        } catch (UnansweredException e) {
            DialedSession.end(made);
            String message = server + ": " + e.getMessage();
            throw agreed ? new IOException(message, e) : new NoAnswerException(message, e);
        } catch (IOException e) {
            made.abort();
            throw new IOException(server + ": no session: " + SafeText.message(e), e);
        } catch (RuntimeException | Error e) {
            made.abort();
            throw e;
        }
    }
}
