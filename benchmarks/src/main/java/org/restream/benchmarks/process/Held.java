package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.List;
import org.restream.benchmarks.Home;

/** Connections that are held open. See {@code hold.c}. */
public final class Held implements AutoCloseable {
    private final Child child;

    public Held(int port) {
        child = new Child(List.of(Home.binary("hold"), "" + port));
    }

    /** Opens more until there are so many, and each has been served: says how long that took, in seconds. */
    public double open(int connections) throws IOException {
        return ask("open " + connections);
    }

    /** Ends all, and makes sure that each ends well. */
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
