package org.restream.internal.session.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.restream.ClientEvent;
import org.restream.FailureKind;
import org.restream.ServerAddress;
import org.restream.internal.concurrent.Timer;
import org.restream.internal.link.OpenException;
import org.restream.internal.net.Connector;
import org.restream.internal.text.SafeText;

/** Begins sessions that carry one exchange each. */
public final class SingleSessions {
    /** The name of the session protocol in ALPN. */
    public static final String ALPN = "restream/1";

    /** The name of the plain wire in ALPN. */
    public static final String PLAIN_ALPN = "restream";

    private final String name;
    private final Dialing dialing;
    private final KnownServers known;
    private final UnaryOperator<Runnable> context;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param name the beginning of the names of its threads
     * @param servers where a session may be asked for again
     * @param connector makes connections, if with TLS then those that offer {@link #ALPN}
     * @param events gets the events of the sessions, on threads of their own
     * @param context wraps the work of such a thread
     */
    public SingleSessions(
            String name,
            List<ServerAddress> servers,
            Connector connector,
            KnownServers known,
            Consumer<ClientEvent> events,
            UnaryOperator<Runnable> context) {
        this.name = name;
        dialing = new Dialing(servers, connector, events);
        this.known = known;
        this.context = context;
    }

    /**
     * Connects, and asks for a session.
     *
     * @throws NoSessionsException the server has shown that it speaks none
     * @throws NoAnswerException it has said nothing, as servers do that don't know the protocol
     * @throws OpenException no connection could be made, or the server does not want the session now
     */
    public SingleSession begin(ServerAddress server) throws OpenException, InterruptedException {
        DialedSession session = new DialedSession(Timer.system(), random);
        DialedSession.Attached first = dialing.begin(server, session);
        known.speaks(server);
        try {
            return new SingleSession(name, dialing, server, session, first, context);
        } catch (IOException e) {
            throw new OpenException(FailureKind.SESSION, server + ": no session: " + SafeText.message(e), e);
        }
    }
}
