package org.restream.internal.jfr;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;
import org.awaitility.Awaitility;

/** A recording of all events of the library, which a test can wait for. */
final class Recorded implements AutoCloseable {
    private final RecordingStream stream = new RecordingStream();
    private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();

    Recorded() {
        stream.setReuse(false);
        stream.onEvent(event -> {
            if (event.getEventType().getName().startsWith("restream.")) {
                events.add(event);
            }
        });
        stream.startAsync();
    }

    /** No events of this name. */
    Recorded without(String name) {
        stream.disable("restream." + name);
        return this;
    }

    List<RecordedEvent> all(String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("restream." + name))
                .toList();
    }

    /** Waits for one: a stream is behind by a second or so. */
    RecordedEvent await(String name, Predicate<RecordedEvent> which) {
        Awaitility.await().atMost(30, SECONDS).until(() -> all(name).stream().anyMatch(which));
        return all(name).stream().filter(which).findFirst().orElseThrow();
    }

    RecordedEvent await(String name) {
        return await(name, event -> true);
    }

    @Override
    public void close() {
        stream.close();
    }
}
