package org.restream;

import org.restream.testing.OverSessions;

/** Handlers of all styles over sessions. */
class RandomStylesOverSessionsTest extends RandomStylesTest {
    @Override
    ClientOptions client(ClientOptions options) {
        return OverSessions.client(options);
    }

    @Override
    ServerOptions server(ServerOptions options) {
        return OverSessions.server(options);
    }

    /** Each has a session of its own. */
    @Override
    int exchanges() {
        return 50;
    }
}
