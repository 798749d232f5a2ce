package org.restream.internal.session.client;

import java.io.IOException;

/** A server has not answered the first line: it has ended the connection, or said nothing for too long. */
final class UnansweredException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean silent;

    /**
     * @param silent whether it said nothing while the connection was there
     */
    UnansweredException(String why, boolean silent, IOException cause) {
        super("the server did not answer the session's first line: " + why, cause);
        this.silent = silent;
    }

    boolean isSilent() {
        return silent;
    }
}
