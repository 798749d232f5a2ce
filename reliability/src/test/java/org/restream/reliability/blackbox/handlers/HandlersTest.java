package org.restream.reliability.blackbox.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.RestreamServer;
import org.restream.ServerOptions;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;

/**
 * A body that a handler did not finish never arrives with a clean end; one that it finished arrives whole, and in time.
 */
class HandlersTest {
    private static final Map<String, Program> PROGRAMS = Stream.of(
                    StreamPrograms.ALL.stream(),
                    StreamPrograms.ALL.stream().map(Program::afterReading),
                    EventPrograms.ALL.stream())
            .flatMap(Function.identity())
            .collect(Collectors.toMap(Program::name, Function.identity()));

    @TempDir
    Path folder;

    private final List<String> wrong = new ArrayList<>();
    private int judged;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void what_a_handler_did_not_finish_never_has_a_clean_end() throws Exception {
        assumeTrue(has("node") && has("sha256sum"), "node and sha256sum are needed");
        long seed = Long.getLong("seed", 20_130_401);
        int rounds = Scale.of(2, 20);
        System.out.println("handlers: -Dseed=" + seed);
        for (int round = 0; round < rounds; round++) {
            SplittableRandom random = new SplittableRandom(seed + round);
            Text text = Text.of(folder, random.nextInt(2, random.nextBoolean() ? 40_000 : 400_000), random);
            try (Peer peer = new Peer(folder)) {
                serve(peer, text);
                ask(peer, text);
            }
        }
        assertThat(wrong).as("of %d exchanges", judged).isEmpty();
        Figures.record("handlers", judged + " exchanges of " + PROGRAMS.size() + " handlers, as server and as client");
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    /** Runs each program as a server's handler. */
    private void serve(Peer peer, Text text) throws Exception {
        ServerOptions options = ServerOptions.defaults().port(0).listener(event -> {});
        try (RestreamServer server = Restream.createServer(
                options,
                (req, res) ->
                        PROGRAMS.get(req.header().getString("program")).body().handle(req, res, text.all()))) {
            server.listen();
            for (Program program : PROGRAMS.values()) {
                peer.order(server.address().getPort(), program);
                judge("server", program, text, peer.result());
            }
        }
    }

    /** Runs each program as a client's handler. */
    private void ask(Peer peer, Text text) throws Exception {
        for (Program program : PROGRAMS.values()) {
            ClientOptions options = ClientOptions.defaults()
                    .servers("127.0.0.1:" + peer.port())
                    .reconnect(Reconnect.UNTIL_CONNECTED)
                    .idleTimeout(Duration.ofSeconds(30))
                    .listener(event -> {});
            peer.order(0, program);
            try (RestreamClient client =
                    Restream.createClient(options, (req, res) -> program.body().handle(res, req, text.all()))) {
                judge("client", program, text, peer.result());
            }
        }
    }

    private void judge(String role, Program program, Text text, Header seen) throws Exception {
        judged++;
        boolean clean = seen.getBoolean("clean");
        boolean whole = clean && text.sum().equals(seen.getString("sha256"));
        boolean ended = !"it did not end".equals(seen.getString("error"));
        boolean begins = program.gzip() || text.beginsWith(seen.getLong("bytes"), seen.getString("sha256"));
        boolean right = ended
                && begins
                && switch (program.ends()) {
                    case WHOLE -> whole;
                    case CUT -> !clean;
                    case EITHER -> whole || !clean;
                };
        if (!right) {
            wrong.add("a " + role + " that \"" + program + "\": " + program.ends() + " is right, of "
                    + text.all().length()
                    + " bytes, and it saw " + seen);
        }
    }
}
