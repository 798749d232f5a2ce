package org.restream.reliability.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of several concurrent series of transfers, with an address and receivers of its own, which it reuses. */
final class Lane implements AutoCloseable {
    private final List<Command> commands;
    private final Path folder;
    private final String host;
    private final Map<String, Listener> listeners = new HashMap<>();
    private Certificate certificate;

    Lane(List<Command> commands, Path folder, int number) throws IOException {
        this.commands = commands;
        this.folder = Files.createDirectories(folder);
        long pid = ProcessHandle.current().pid();
        host = "127." + (20 + number) + "." + (pid >> 8 & 127) + "." + Math.max(1, pid & 127);
    }

    String host() {
        return host;
    }

    Path folder() {
        return folder;
    }

    /** The command with the Java version that a plan names. */
    Command command(String version) {
        return commands.stream()
                .filter(command -> command.version().equals(version))
                .findFirst()
                .orElse(commands.get(0));
    }

    /** The receiver for a plan, which is listening already unless it serves only once. */
    Listener receiver(Plan plan) throws Exception {
        Command command = command(plan.text("peer"));
        Path place = place(plan);
        Certificate shown = plan.is("tls") ? certificate() : null;
        if (plan.sink() == Sink.ONCE) {
            Logs.delete(place);
            return new Listener(
                    command, Sink.ONCE, host, place, plan.text("reader").equals("slow"), shown);
        }
        String key = place.toString();
        Listener known = listeners.get(key);
        if (known == null || !known.isAlive()) {
            drop(plan, known);
            known = new Listener(command, plan.sink(), host, place, false, shown);
            listeners.put(key, known);
            known.start();
        }
        return known;
    }

    private void drop(Plan plan, Listener known) throws Exception {
        if (known != null) {
            known.close();
            listeners.values().remove(known);
        }
        Logs.delete(place(plan));
    }

    private Path place(Plan plan) {
        String name = Names.of(plan.sink()) + "-" + command(plan.text("peer")).version();
        return folder.resolve(plan.is("tls") ? name + "-tls" : name);
    }

    /** The certificate for this lane's address. */
    Certificate certificate() throws IOException {
        if (certificate == null) {
            certificate = Certificate.make(folder, host);
        }
        return certificate;
    }

    /** Discards a receiver, so that the next plan gets a new one. */
    void forget(Listener receiver) throws Exception {
        receiver.close();
        listeners.values().remove(receiver);
    }

    @Override
    public void close() throws Exception {
        for (Listener each : listeners.values()) {
            each.close();
        }
        listeners.clear();
    }
}
