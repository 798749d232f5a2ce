package org.restream.internal.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.restream.internal.link.Connection;
import org.restream.internal.net.ForwardingConnection;
import org.restream.internal.session.host.RefusingLine;

/** A connection of a server that takes no sessions: a client that asks for one is told so in words that it understands. */
final class PlainOnlyConnection extends ForwardingConnection {
    /** Begins a session's first line, and no plain message. */
    static final byte SESSION_BYTE = 'r';

    private boolean begun;

    PlainOnlyConnection(Connection connection) {
        super(connection);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int position = into.position();
        int count = connection.read(into);
        if (!begun && count > 0) {
            begun = true;
            if (into.get(position) == SESSION_BYTE) {
                throw RefusingLine.disabled(connection);
            }
        }
        return count;
    }
}
