package org.restream.reliability.blackbox;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code restream listen}, which can be killed and started again at the same address. */
final class Listener implements AutoCloseable {
    private final Command command;
    private final Sink sink;
    private final Path folder;
    private final boolean slow;
    private final InetSocketAddress address;
    private final Certificate certificate;
    private Process process;
    private Process reader;
    private boolean closed;
    private int starts;

    /**
     * Creates a listener that is not running yet.
     *
     * @param host a loopback address that only this program uses, so that nobody else can take its ports meanwhile
     * @param folder the folder for its output
     * @param slow whether the reader of its stdout is slow
     * @param certificate for TLS; null without
     */
    Listener(Command command, Sink sink, String host, Path folder, boolean slow, Certificate certificate)
            throws IOException {
        this.command = command;
        this.sink = sink;
        this.folder = folder;
        this.slow = slow;
        this.certificate = certificate;
        Files.createDirectories(stored());
        Files.createDirectories(temporary());
        address = freeAddress(host);
    }

    static InetSocketAddress freeAddress(String host) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            return new InetSocketAddress(host, socket.getLocalPort());
        }
    }

    /** Starts it, and waits until it listens. */
    synchronized void start() throws Exception {
        starts++;
        List<String> arguments = new ArrayList<>(List.of("listen", "--host", address.getHostString()));
        arguments.addAll(List.of("-p", String.valueOf(address.getPort())));
        arguments.addAll(sink.arguments(stored()));
        if (certificate != null) {
            arguments.addAll(List.of("--cert", certificate.certificate().toString()));
            arguments.addAll(List.of("--key", certificate.key().toString()));
        }
        ProcessBuilder builder = command.builder(command.line(arguments), temporary());
        if (slow) {
            ProcessBuilder reading = new ProcessBuilder("sh", "-c", Sending.SLOW);
            reading.redirectOutput(out().toFile()).redirectError(Redirect.DISCARD);
            List<Process> both = ProcessBuilder.startPipeline(List.of(builder, reading));
            process = both.get(0);
            reader = both.get(1);
        } else {
            process = builder.redirectOutput(Redirect.appendTo(out().toFile())).start();
            reader = null;
        }
        if (sink == Sink.ONCE) {
            Process started = process;
            Later.whenDone(started.onExit(), e -> again(started));
        }
        awaitListening(process);
    }

    /** Acts like {@code until restream listen --once > FILE; do …; done}, except for a process that was killed. */
    private void again(Process ended) {
        int status = ended.exitValue();
        if (status != 0 && status < 128) {
            Later.start(this::startUnlessClosed);
        }
    }

    private synchronized void startUnlessClosed() throws Exception {
        if (!closed) {
            start();
        }
    }

    private void awaitListening(Process started) throws Exception {
        CompletableFuture<Void> listening = new CompletableFuture<>();
        PrintStream log = new PrintStream(Files.newOutputStream(errors(), Logs.APPEND), true);
        Later.start(() -> {
            try (log) {
                started.errorReader().lines().forEach(line -> {
                    log.println(line);
                    if (line.contains(address.getHostString() + ":" + address.getPort())) {
                        listening.complete(null);
                    }
                });
            } finally {
                listening.completeExceptionally(new IOException("it ended before it listened: " + Logs.text(errors())));
            }
        });
        listening.get(60, TimeUnit.SECONDS);
    }

    /** Sends a signal; if it ends the process, waits for the end. */
    synchronized void signal(String name) throws Exception {
        Programs.signal(name, process.toHandle());
        if (!List.of("STOP", "CONT", "QUIT").contains(name) && !process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the receiver has got SIG" + name + ", and goes on after 20 s");
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The current process. */
    synchronized Process process() {
        return process;
    }

    synchronized Process reader() {
        return reader;
    }

    InetSocketAddress address() {
        return address;
    }

    Path stored() {
        return folder.resolve("stored");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    /** The file with its stdout: bodies one after the other, or, with --once, one body per file. */
    Path out() {
        return folder.resolve(sink == Sink.ONCE ? "out" + starts : "out");
    }

    /** The output files of all processes with --once. */
    List<Path> outs() {
        return Logs.list(folder).stream()
                .filter(file -> file.getFileName().toString().startsWith("out"))
                .toList();
    }

    Path errors() {
        return folder.resolve("errors");
    }

    @Override
    public synchronized void close() throws Exception {
        closed = true;
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        if (reader != null) {
            reader.descendants().forEach(ProcessHandle::destroyForcibly);
            reader.destroyForcibly();
        }
    }
}
