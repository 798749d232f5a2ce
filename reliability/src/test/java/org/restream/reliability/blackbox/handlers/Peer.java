package org.restream.reliability.blackbox.handlers;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.restream.Header;

/** A process that runs peer.js. */
final class Peer implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final int port;

    Peer(Path folder) throws Exception {
        Path script = folder.resolve("peer.js");
        try (InputStream source = Peer.class.getResourceAsStream("peer.js")) {
            Files.write(script, source.readAllBytes());
        }
        process = new ProcessBuilder("node", script.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = process.outputWriter();
        BufferedReader out = process.inputReader();
        Thread reader = new Thread(() -> out.lines().forEach(said::add), "peer");
        reader.setDaemon(true);
        reader.start();
        port = result().getLong("port").intValue();
    }

    /** The port at which it listens. */
    int port() {
        return port;
    }

    /**
     * Makes it do an exchange.
     *
     * @param connect the port of a server; 0 to wait for the next client
     */
    void order(int connect, Program program) throws Exception {
        Header order = Header.of(
                "connect",
                connect,
                "program",
                program.name(),
                "ends",
                program.needsEnd() ? "first" : "after",
                "gzip",
                program.gzip());
        in.write(order + "\n");
        in.flush();
    }

    /** How the exchange ended, as peer.js reports it. */
    Header result() throws Exception {
        String line = said.poll(60, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the peer says nothing");
        }
        return Header.parse(line);
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
