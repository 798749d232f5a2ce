package org.restream.internal.reconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.restream.ClientEvent;
import org.restream.ClientOptions;
import org.restream.ServerAddress;

/**
 * Runs a loop without network and clock: the results of its attempts are scripted, and its events and waits are
 * recorded.
 */
final class LoopRun implements ReconnectLoop.Attempt, ReconnectLoop.Sleeper {
    final List<ClientEvent> events = new ArrayList<>();
    final List<Duration> waits = new ArrayList<>();
    final List<ServerAddress> servers = new ArrayList<>();
    /** All steps in their order, as text. */
    final List<String> steps = new ArrayList<>();

    Throwable failure;
    boolean wasClosed;

    private final List<ScriptedResult> made = new ArrayList<>();
    private final ClientOptions options;
    private final Iterator<ScriptedResult> script;
    private final DoubleSupplier chance;
    private Predicate<String> closeAt = step -> false;
    private boolean closed;
    private boolean busy;

    /** Closes the client at the end of the script, during its next attempt. */
    LoopRun(ClientOptions options, DoubleSupplier chance, Iterable<ScriptedResult> script) {
        this.options = options;
        this.chance = chance;
        this.script = script.iterator();
    }

    static LoopRun of(ClientOptions options, ScriptedResult... script) {
        return new LoopRun(options, () -> 0, List.of(script)).run();
    }

    /** Closes the client in the first step for which this is true. */
    LoopRun closeAt(Predicate<String> step) {
        closeAt = step;
        return this;
    }

    LoopRun run() {
        try {
            failure = new ReconnectLoop(
                            options, new ReconnectPolicy(options, chance), this, this, this::event, () -> closed)
                    .run();
        } catch (InterruptedException e) {
            wasClosed = true;
        }
        return this;
    }

    /** The part of the script that has been used. */
    List<ScriptedResult> made() {
        return made;
    }

    @Override
    public AttemptResult make(ServerAddress server, long number, Runnable connected) throws InterruptedException {
        begin("attempt " + server);
        servers.add(server);
        try {
            if (closed || !script.hasNext()) {
                closed = true;
                throw new InterruptedException("closed");
            }
            ScriptedResult next = script.next();
            made.add(next);
            if (!next.connects()) {
                return next.result();
            }
            connected.run();
            // like an exchange that close() has cut
            return (closed ? ScriptedResult.LOST_BEFORE_HEADER : next).result();
        } finally {
            busy = false;
        }
    }

    @Override
    public void sleep(Duration delay) {
        begin("wait " + delay.toMillis());
        waits.add(delay);
        busy = false;
    }

    private void event(ClientEvent event) {
        events.add(event);
        if (closed && event instanceof ClientEvent.Aborted) {
            // what close() has cut
            return;
        }
        step(event.toString());
    }

    private void begin(String step) {
        if (busy) {
            throw new AssertionError(step + " within another: " + steps);
        }
        busy = true;
        step(step);
    }

    private void step(String step) {
        if (closed) {
            throw new AssertionError("after close(): " + step + ", after " + steps);
        }
        steps.add(step);
        if (closeAt.test(step)) {
            closed = true;
        }
    }
}
