package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.List;
import org.restream.benchmarks.Home;

/** Open connections. See {@code hold.c}. */
public final class Held implements AutoCloseable {
    private final Child child;

    public Held(int port) {
        child = new Child(List.of(Home.binary("hold"), "" + port));
    }

    /** Opens connections up to this number, and waits until each is served; returns how long that took, in seconds. */
    public double open(int connections) throws IOException {
        return ask("open " + connections);
    }

    /** Ends all connections, and checks that each ends cleanly. */
    public void end() throws IOException {
        ask("close");
    }

    private double ask(String what) throws IOException {
        child.tell(what);
        return Load.said(child, "HELD ").get("seconds");
    }

    @Override
    public void close() {
        child.close();
    }
}
