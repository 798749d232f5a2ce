package org.restream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code restream listen} in a process of its own, at a free port. */
public final class Listening implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");

    private final Process process;
    private final BlockingQueue<String> stderr = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final InetSocketAddress address;

    private Listening(Process process) throws InterruptedException {
        this.process = process;
        Thread reader = new Thread(this::readStderr, "stderr");
        reader.setDaemon(true);
        reader.start();
        Matcher said = ADDRESS.matcher(line("listening"));
        if (!said.find()) {
            throw new AssertionError("no address in " + all);
        }
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(said.group(1)));
    }

    public static Listening start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.restream.cli.Main",
                "listen",
                "--port=0"));
        command.addAll(List.of(arguments));
        return new Listening(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private void readStderr() {
        try (BufferedReader lines = process.errorReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                all.add(line);
                stderr.add(line);
            }
        } catch (IOException e) {
            // killed
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Waits for the next line on stderr that contains this text. */
    String line(String part) throws InterruptedException {
        while (true) {
            String line = stderr.poll(30, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no line with '" + part + "' in " + all);
            }
            if (line.contains(part)) {
                return line;
            }
        }
    }

    /** The lines on stderr. */
    List<String> lines() {
        return List.copyOf(all);
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
