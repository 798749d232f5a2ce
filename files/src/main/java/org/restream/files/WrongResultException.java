package org.restream.files;

import org.restream.RestreamException;

/** What the server says it has stored is not what was sent. */
public final class WrongResultException extends RestreamException {
    private static final long serialVersionUID = 1;

    WrongResultException(String message) {
        super(message);
    }
}
