package org.restream.internal.client;

import java.time.Duration;

/** What a client does after an attempt. */
sealed interface Next {
    /**
     * Try again.
     *
     * @param position where it then stands; its failures are those so far
     * @param delay the wait before, not negative
     */
    record Retry(Position position, Duration delay) implements Next {}

    /** The exchange is complete, and no other wanted. */
    record Done() implements Next {}

    /**
     * No further attempt.
     *
     * @param failures how many attempts in a row have failed
     * @param cause what the client fails with
     */
    record Stop(int failures, Throwable cause) implements Next {}
}
