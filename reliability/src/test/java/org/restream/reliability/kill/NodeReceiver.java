package org.restream.reliability.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.restream.Header;
import org.restream.MalformedHeaderException;

/** A process that runs receiver.js. */
final class NodeReceiver implements Receiver {
    private final Process process;
    private final Writer in;
    private final BlockingQueue<Header> said = new LinkedBlockingQueue<>();
    private final String version;
    private final boolean tellsEveryReset;
    private final int port;

    /**
     * Starts a receiver.
     *
     * @param environment for TLS, variables with the files, as receiver.js documents them
     */
    NodeReceiver(Path node, Map<String, String> environment) throws Exception {
        Path script = Files.createTempFile("restream-receiver", ".js");
        script.toFile().deleteOnExit();
        try (InputStream source = NodeReceiver.class.getResourceAsStream("receiver.js")) {
            Files.write(script, source.readAllBytes());
        }
        ProcessBuilder builder =
                new ProcessBuilder(node.toString(), script.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        in = process.outputWriter();
        BufferedReader out = process.inputReader();
        SocketReceiver.inThread(() -> out.lines().forEach(this::hear));
        Header first = result();
        port = first.getLong("port").intValue();
        version = first.getString("version");
        tellsEveryReset = first.getBoolean("tellsEveryReset");
    }

    private void hear(String line) {
        try {
            said.add(Header.parse(line));
        } catch (MalformedHeaderException e) {
            throw new AssertionError(line, e);
        }
    }

    private Header result() throws InterruptedException {
        Header result = said.poll(30, TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("the Node receiver says nothing");
        }
        return result;
    }

    String version() {
        return version;
    }

    /** Whether its libuv reports every reset, see docs/wire.md. */
    boolean tellsEveryReset() {
        return tellsEveryReset;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Reception next(Plan plan) throws IOException {
        return order(0, plan);
    }

    @Override
    public Reception connect(int to, Plan plan) throws IOException {
        return order(to, plan);
    }

    private Reception order(int to, Plan plan) throws IOException {
        say(Header.of(
                "connect",
                to,
                "mark",
                plan.mark(),
                "pause",
                plan.pause(),
                "unread",
                plan.unread(),
                "flood",
                plan.flood()));
        return new Reception() {
            private Header last = Header.of();

            @Override
            public void awaitMark() throws Exception {
                last = result();
            }

            @Override
            public void goOn() throws Exception {
                say(Header.of("goOn", true));
            }

            @Override
            public Ending ending() throws Exception {
                while (!last.containsKey("end")) {
                    last = result();
                }
                return new Ending(last.getBoolean("end"), last.get("error") != null, last.getString("sha256"));
            }
        };
    }

    private void say(Header line) throws IOException {
        in.write(line + "\n");
        in.flush();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
