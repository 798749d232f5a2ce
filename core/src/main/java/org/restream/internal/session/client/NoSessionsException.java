package org.restream.internal.session.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A server speaks no sessions, as its answer shows. */
public final class NoSessionsException extends IOException {
    private static final long serialVersionUID = 1;

    NoSessionsException(String why) {
        this("the server speaks no sessions: " + why, null);
    }

    NoSessionsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
