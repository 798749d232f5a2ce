package org.restream.internal.session.client;

import java.io.IOException;
import org.restream.FailureKind;
import org.restream.internal.link.OpenException;

/**
 * A connection was lost before the server had answered the request for a session. Servers that don't know the protocol do
 * that, but any loss looks the same.
 */
public final class NoAnswerException extends OpenException {
    private static final long serialVersionUID = 1;

    private final boolean silent;

    NoAnswerException(String message, boolean silent, IOException cause) {
        super(silent ? FailureKind.LIMIT : FailureKind.CONNECTION, message, cause);
        this.silent = silent;
    }

    /** Whether it said nothing while the connection was there. */
    boolean isSilent() {
        return silent;
    }
}
