package org.restream.cli.send;

import java.time.Duration;
import org.restream.ClientOptions;

/**
 * The settings that all inputs of one call share.
 *
 * @param showHeader whether to print the answers' headers
 * @param patience how long nothing may move before the user is informed that the answer is awaited
 */
record SendSettings(ClientOptions options, boolean showHeader, Duration patience) {
    /** Longer than an ordinary answer takes. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
}
