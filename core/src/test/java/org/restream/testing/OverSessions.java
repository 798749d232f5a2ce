package org.restream.testing;

import org.restream.ClientOptions;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.SessionMode;

/**
 * What makes a test of exchanges one of exchanges over sessions: the same handlers, and the same outcome. Tests of what differs stay
 * with the plain wire: a loss ends its exchange there, and here only its connection; a peer that is no restream has no session. An
 * exchange that the server aborts fails the client with an {@link org.restream.AbortedException} here, there with a loss.
 */
public final class OverSessions {
    private OverSessions() {}

    public static ClientOptions client(ClientOptions options) {
        return options.session(SessionMode.REQUIRED);
    }

    public static ServerOptions server(ServerOptions options) {
        return options.sessions(SessionLimits.defaults());
    }
}
