package org.restream.reliability.blackbox;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes {@code PRODUCER | restream send | READER}; the plan decides whether there are a producer and a reader.
 */
final class Sending {
    /** A slow reader. */
    static final String SLOW = "sleep 0.6; head -c 100000; sleep 0.4; cat";

    private final Process sender;
    private final Process reader;
    private final List<Process> all;

    private Sending(List<Process> all, Process sender, Process reader) {
        this.all = all;
        this.sender = sender;
        this.reader = reader;
    }

    static Sending start(
            Plan plan, Lane lane, List<Part> parts, List<InetSocketAddress> to, Path folder, Counter counter)
            throws IOException {
        Files.createDirectories(temporary(folder));
        if (plan.source() == Source.FIFO) {
            Programs.shell("mkfifo " + Programs.quoted(fifo(folder)));
        }
        List<ProcessBuilder> line = new ArrayList<>();
        String producer = producer(plan, parts.get(0));
        if (!producer.isEmpty()) {
            line.add(new ProcessBuilder("sh", "-c", producer).redirectError(Redirect.DISCARD));
        }
        int place = line.size();
        line.add(sender(plan, lane, parts, to, folder, place > 0));
        String reader = reader(plan);
        if (!reader.isEmpty()) {
            line.add(new ProcessBuilder("sh", "-c", reader).redirectError(Redirect.DISCARD));
        }
        boolean full = plan.text("reader").equals("full");
        line.get(line.size() - 1)
                .redirectOutput(full ? new File("/dev/full") : answer(folder).toFile());
        List<Process> all = line.size() == 1 ? List.of(line.get(0).start()) : ProcessBuilder.startPipeline(line);
        Process reading = place + 1 < all.size() ? all.get(place + 1) : null;
        if (plan.source().isFed()) {
            Feeder.start(plan, parts.get(0).file(), all.get(0).getOutputStream(), counter);
        } else if (plan.source() == Source.FIFO) {
            String into = parts.get(0).reading() + " >" + Programs.quoted(fifo(folder));
            all = new ArrayList<>(all);
            all.add(new ProcessBuilder("sh", "-c", into).start());
        }
        return new Sending(all, all.get(place), reading);
    }

    private static String producer(Plan plan, Part part) {
        return switch (plan.source()) {
            case DASH, CAT, ZERO, GZIP -> part.reading();
            case DIES -> part.reading() + "; kill -9 $$";
            default -> "";
        };
    }

    private static String reader(Plan plan) {
        String reader = plan.text("reader");
        if (reader.startsWith("head:")) {
            return "head -c " + reader.substring("head:".length());
        }
        return reader.equals("slow") && plan.sink() != Sink.ONCE ? SLOW : "";
    }

    private static ProcessBuilder sender(
            Plan plan, Lane lane, List<Part> parts, List<InetSocketAddress> to, Path folder, boolean piped)
            throws IOException {
        Command command = lane.command(plan.text("jdk"));
        List<String> arguments = new ArrayList<>(List.of("send", "-i", "--timeout", plan.text("wait") + "ms"));
        to.forEach(each -> arguments.addAll(List.of("-s", each.getHostString() + ":" + each.getPort())));
        arguments.addAll(List.of("--reset-timeout", "4", "-H", "t=" + plan.seed()));
        if (!plan.source().hasName() && !parts.get(0).name().isEmpty()) {
            arguments.addAll(List.of("-H", "name=" + parts.get(0).name()));
        }
        if (plan.is("tls")) {
            arguments.addAll(
                    List.of("--cacert", lane.certificate().certificate().toString()));
        }
        if (!plan.is("spool")) {
            arguments.add("--no-spool");
        }
        if (plan.count("tries") > 0) {
            arguments.addAll(List.of("--max-failures", plan.text("tries")));
        }
        if (plan.count("limit") > 0) {
            arguments.addAll(List.of("--max-time", plan.text("limit") + "ms"));
        }
        if (plan.count("idle") > 0) {
            arguments.addAll(List.of("--idle-timeout", plan.text("idle") + "ms"));
        }
        switch (plan.source()) {
            case FILES -> {
                arguments.addAll(List.of("-j", plan.text("jobs")));
                parts.forEach(part -> arguments.add(part.file().toString()));
            }
            case FILE -> arguments.add(parts.get(0).file().toString());
            case FIFO -> arguments.add(fifo(folder).toString());
            case DASH -> arguments.add("-");
            case EXEC -> arguments.addAll(List.of("--exec", parts.get(0).reading()));
            case EXEC_FAILS -> arguments.addAll(List.of("--exec", parts.get(0).reading() + "; exit 3"));
            default -> {
                // it reads stdin
            }
        }
        List<String> line = command.line(arguments);
        if (plan.source() == Source.SUBSTITUTION) {
            line.addAll(0, List.of("bash", "-c", "exec \"$@\" <(" + parts.get(0).reading() + ")", "bash"));
        } else if (plan.source() == Source.CLOSED) {
            line.addAll(0, List.of("bash", "-c", "exec \"$@\" <&-", "bash"));
        }
        ProcessBuilder builder = command.builder(line, temporary(folder))
                .redirectError(errors(folder).toFile());
        if (plan.source() == Source.REDIRECT) {
            builder.redirectInput(parts.get(0).file().toFile());
        } else if (!piped && !plan.source().isFed()) {
            builder.redirectInput(new File("/dev/null"));
        }
        return builder;
    }

    static Path answer(Path folder) {
        return folder.resolve("answer");
    }

    static Path errors(Path folder) {
        return folder.resolve("errors");
    }

    static Path temporary(Path folder) {
        return folder.resolve("tmp");
    }

    private static Path fifo(Path folder) {
        return folder.resolve("fifo");
    }

    Process sender() {
        return sender;
    }

    /** The reader of its stdout; null if that is a file. */
    Process reader() {
        return reader;
    }

    /** Kills the remaining processes. */
    void kill() {
        for (Process each : all) {
            each.descendants().forEach(ProcessHandle::destroyForcibly);
            each.destroyForcibly();
        }
    }
}
