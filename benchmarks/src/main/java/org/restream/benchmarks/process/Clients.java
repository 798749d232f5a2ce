package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Client processes that execute a line and answer with another. Each is started at its first use. */
public final class Clients implements AutoCloseable {
    private final Map<List<String>, Child> running = new HashMap<>();

    public Child of(List<String> command) throws IOException {
        Child child = running.get(command);
        if (child == null) {
            child = new Child(command);
            child.line("READY");
            running.put(command, child);
        }
        return child;
    }

    /** Sends a command, and waits for the answer, which begins with a word followed by values. */
    public static Load ask(Child child, String question, String word) throws IOException {
        child.tell(question);
        return Load.said(child, word);
    }

    @Override
    public void close() {
        for (Child child : running.values()) {
            child.close();
        }
        running.clear();
    }
}
