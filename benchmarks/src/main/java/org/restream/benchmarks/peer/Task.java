package org.restream.benchmarks.peer;

import java.util.Locale;

/** What a server does with an exchange. It has a port for each task. */
public enum Task {
    /** Reads the whole request, then answers with its body. */
    EXCHANGE,
    /** Reads the body, and answers with the number of its bytes. */
    UP,
    /** Answers with a large body from memory. */
    DOWN,
    /** Answers with a file. */
    FILE,
    /** Sends each piece of the body back as it arrives. */
    ECHO,
    /** Sends its header at once, and ends when the client does. */
    HOLD,
    /** {@link #UP} over TLS. */
    TLS_UP,
    /** {@link #DOWN} over TLS. */
    TLS_DOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
