package org.restream.internal.session.client;

import java.io.IOException;

/** A server speaks no sessions. */
final class NoSessionsException extends IOException {
    private static final long serialVersionUID = 1;

    NoSessionsException(String why) {
        super("the server speaks no sessions: " + why);
    }
}
