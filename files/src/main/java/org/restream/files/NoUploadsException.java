package org.restream.files;

import java.time.Duration;
import org.restream.RestreamException;

/** The server has not said that it takes uploads. An older one takes the request for an ordinary one, and waits for its body. */
public final class NoUploadsException extends RestreamException {
    private static final long serialVersionUID = 1;

    private static final String WAYS_OUT =
            "; send the file as an ordinary request (with restream send: without --resume), or use a server that takes uploads";

    private NoUploadsException(String message) {
        super(message + WAYS_OUT);
    }

    static NoUploadsException silent(Duration waited) {
        return new NoUploadsException("the server has not answered within " + waited.toMillis()
                + " ms from where it wants the file, as one that takes uploads does at once");
    }

    static NoUploadsException other() {
        return new NoUploadsException(
                "the server has answered, but not from where it wants the file: it takes no uploads");
    }
}
