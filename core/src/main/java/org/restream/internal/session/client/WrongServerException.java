package org.restream.internal.session.client;

import java.io.IOException;

/** Whoever has accepted a session, or its resumption, does not know the session's key. */
final class WrongServerException extends IOException {
    private static final long serialVersionUID = 1;

    WrongServerException() {
        super("the server's proof is wrong: it is not the one that has the session");
    }
}
