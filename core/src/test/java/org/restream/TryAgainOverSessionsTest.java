package org.restream;

import java.io.IOException;
import org.restream.testing.OverSessions;

/** Requests for another attempt, over sessions: each attempt has a session of its own. */
class TryAgainOverSessionsTest extends TryAgainTest {
    @Override
    ClientOptions client(ClientOptions options) {
        return OverSessions.client(options);
    }

    @Override
    ServerOptions server(ServerOptions options) {
        return OverSessions.server(options);
    }

    @Override
    Class<? extends IOException> aborted() {
        return AbortedException.class;
    }
}
