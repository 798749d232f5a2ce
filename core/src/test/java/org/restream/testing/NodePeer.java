package org.restream.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.restream.Header;
import org.restream.MalformedHeaderException;

/** Runs peer.js, which is next to this class in the test resources and documents what it does. */
public final class NodePeer implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    private NodePeer(Process process) {
        this.process = process;
        this.out = process.inputReader();
        this.in = process.outputWriter();
    }

    /** Starts it; skips the test if there is no node. */
    public static NodePeer start(Object... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    public static NodePeer start(Map<String, String> environment, Object... arguments) throws IOException {
        assumeTrue(isThere(), "there is no \"node\" on the PATH");
        List<String> command = new ArrayList<>(List.of("node", Script.PATH.toString()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return new NodePeer(builder.start());
    }

    /** Copies the script to a file, because the class may be in a jar, which node can't read. */
    private static final class Script {
        static final Path PATH = copy();

        private static Path copy() {
            try (InputStream script = NodePeer.class.getResourceAsStream("peer.js")) {
                Path copy = Files.createTempFile("restream-peer", ".js");
                copy.toFile().deleteOnExit();
                Files.write(copy, script.readAllBytes());
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static boolean isThere() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }

    /** Reads the next JSON object that it prints, one per line. */
    public Header result() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("the Node peer has ended without this result");
        }
        try {
            return Header.parse(line);
        } catch (MalformedHeaderException e) {
            throw new AssertionError("no result: " + line, e);
        }
    }

    /** Sends a client a job. */
    public void ask(Header job) throws IOException {
        in.write(job + "\n");
        in.flush();
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        kill();
    }
}
