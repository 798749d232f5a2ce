package org.restream.internal.session.client;

import org.jspecify.annotations.Nullable;
import org.restream.FailureKind;
import org.restream.internal.link.OpenException;

/** A server speaks no sessions, as its answer shows. */
public final class NoSessionsException extends OpenException {
    private static final long serialVersionUID = 1;

    NoSessionsException(String why) {
        this("the server speaks no sessions: " + why, null);
    }

    NoSessionsException(String message, @Nullable Throwable cause) {
        super(FailureKind.SESSION, message, cause);
    }
}
