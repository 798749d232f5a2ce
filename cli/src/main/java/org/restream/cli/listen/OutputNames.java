package org.restream.cli.listen;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.Header;
import org.restream.cli.listen.store.NamePattern;

/** The names that bodies are to have; each request counts. */
final class OutputNames {
    private final NamePattern pattern;
    private final InstantSource clock;
    private final AtomicLong count = new AtomicLong();

    OutputNames(NamePattern pattern, InstantSource clock) {
        this.pattern = pattern;
        this.clock = clock;
    }

    String next(Header header) {
        return pattern.fill(header, count.incrementAndGet(), clock.instant());
    }
}
