package org.restream;

import org.restream.testing.OverSessions;

/** The same bytes over a session: each exchange has windows of its own, and acknowledges what it takes. */
class DuplexOverSessionsTest extends DuplexTest {
    @Override
    ClientOptions client(ClientOptions options) {
        return OverSessions.client(options);
    }

    @Override
    ServerOptions server(ServerOptions options) {
        return OverSessions.server(options);
    }
}
