package org.restream.benchmarks.process;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Processes that do what one line says and answer with another; each is started when first asked. */
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

    /** Asks, and waits for the answer, which begins with a word and has values after it. */
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
