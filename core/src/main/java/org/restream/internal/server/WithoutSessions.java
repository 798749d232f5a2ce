package org.restream.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.restream.internal.link.Connection;
import org.restream.internal.link.ForwardingConnection;
import org.restream.internal.session.host.RefusedConnection;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.RefuseCode;

/** A connection to a server that takes no sessions. A client that asks for one is told so, before its bytes are rejected as a header. */
final class WithoutSessions extends ForwardingConnection {
    private boolean begun;

    WithoutSessions(Connection connection) {
        super(connection);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int start = into.position();
        int count = super.read(into);
        if (!begun && count > 0) {
            begun = true;
            if (into.get(start) == SessionConnections.FIRST_BYTE) {
                refuse();
            }
        }
        return count;
    }

    private void refuse() {
        try {
            RefusedConnection.tell(
                    this, Hello.Refuse.of(RefuseCode.DISABLED, "this server takes no sessions (option sessions)"));
        } catch (IOException e) {
            // the client has gone; what it has sent is rejected all the same
            return;
        }
    }
}
