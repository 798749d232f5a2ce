package org.restream.reliability.session;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.restream.Header;

/** A process that runs session-driver.mjs, which says what happened line by line. */
final class JavaScriptPeer implements AutoCloseable {
    /** The peer itself. */
    static final String PEER = "session-peer.mjs";

    private static final List<String> FILES =
            List.of(PEER, "session-rules.mjs", "session-vectors.mjs", "session-driver.mjs");
    private static final String END = "{}";

    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    /** Starts it; skips the test if there is no Node. */
    JavaScriptPeer(Path folder, Object... arguments) throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, "node"))),
                "node is needed");
        for (String file : FILES) {
            Files.writeString(folder.resolve(file), source(file));
        }
        List<String> command = new ArrayList<>(
                List.of("node", folder.resolve("session-driver.mjs").toString()));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader();
        Thread reader = new Thread(
                () -> {
                    try {
                        for (String line = out.readLine(); line != null; line = out.readLine()) {
                            said.add(line);
                        }
                    } catch (IOException e) {
                        // it was killed
                    }
                    said.add(END);
                },
                "javascript");
        reader.setDaemon(true);
        reader.start();
    }

    static String source(String file) throws IOException {
        try (InputStream source = JavaScriptPeer.class.getResourceAsStream(file)) {
            if (source == null) {
                throw new IOException("there is no " + file);
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What it says next; an empty header when it has ended. */
    Header next() throws Exception {
        String line = said.poll(40, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the peer says nothing");
        }
        return Header.parse(line);
    }

    /** Its next lines of exchanges. */
    List<Header> next(int count) throws Exception {
        List<Header> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(next());
        }
        return all;
    }

    /** Whether it says nothing more, although it goes on. */
    boolean isQuiet() {
        return said.isEmpty();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
