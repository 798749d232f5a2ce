package org.restream.benchmarks.server;

import org.restream.benchmarks.Home;

/** Streams over {@code net}, as the original does it. */
public final class NodeServer {
    private NodeServer() {}

    public static String script() {
        return Home.benchmarks().resolve("src/main/node/server.js").toString();
    }
}
