package org.restream;

import java.io.IOException;
import org.restream.testing.OverSessions;

/** Refusals over sessions; what plain peers see of them at the same port does not change. */
class RefusalOverSessionsTest extends RefusalOverSocketsTest {
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
