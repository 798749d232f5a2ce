package org.restream.cli.send;

import java.time.Duration;
import org.restream.ClientOptions;

/**
 * What is the same for all that one call sends.
 *
 * @param showHeader whether the answers' headers are shown
 * @param patience how long nothing moves until the user is told that the server is waited for
 */
record SendSettings(ClientOptions options, boolean showHeader, Duration patience) {
    /** Longer than an answer takes that nobody wonders about. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
}
