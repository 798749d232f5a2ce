package org.restream.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.AbortedException;
import org.restream.ClientOptions;
import org.restream.NeverStartedException;
import org.restream.OutcomeUnknownException;
import org.restream.Restream;
import org.restream.RestreamSession;
import org.restream.ServerOptions;
import org.restream.SessionLimits;
import org.restream.testing.JavaProcess;

/** The server's process is killed by SIGKILL: what the client is told of its exchanges is true. */
class KilledSessionServerTest {
    private static final String HOST = "127.0.9.70";
    private static final int KILLS = 4;

    @TempDir
    Path folder;

    /** Notes each exchange before it answers. */
    static final class Server {
        public static void main(String[] arguments) throws Exception {
            Path journal = Path.of(arguments[1]);
            System.out.println(Restream.createServer(
                            ServerOptions.defaults().sessions(SessionLimits.defaults()), (req, res) -> {
                                String number = req.readText();
                                synchronized (journal) {
                                    Files.writeString(
                                            journal,
                                            number + "\n",
                                            StandardOpenOption.CREATE,
                                            StandardOpenOption.APPEND);
                                }
                                res.end(number);
                            })
                    .listen(HOST, Integer.parseInt(arguments[0]))
                    .address()
                    .getPort());
            System.in.read();
        }
    }

    private JavaProcess start(int port) throws IOException {
        return JavaProcess.start(Server.class, port, folder.resolve("journal"));
    }

    @Test
    void what_is_answered_was_done_once_and_what_never_started_was_not_done() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("killed session server: -Dseed=" + seed);
        Random random = new Random(seed);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        JavaProcess server = start(0);
        try {
            int port = Integer.parseInt(server.line());
            try (RestreamSession session = Restream.createSession(ClientOptions.defaults()
                    .servers(HOST + ":" + port)
                    .retryDelay(Duration.ofMillis(20))
                    .listener(event -> {}))) {
                for (int i = 0; i < KILLS; i++) {
                    int before = answers.size();
                    int killAt = before + 20 + random.nextInt(200);
                    while (answers.size() < killAt + 30) {
                        String number = String.valueOf(answers.size());
                        answers.add(session.exchangeAsync((req, res) -> {
                            req.end(number);
                            return res.readText();
                        }));
                        if (answers.size() == killAt) {
                            answers.get(before).handle((a, b) -> null).get(20, TimeUnit.SECONDS);
                            server.kill();
                        }
                    }
                    server.close();
                    server = start(port);
                    server.line();
                }
                check(answers);
            }
        } finally {
            server.close();
        }
    }

    private void check(List<CompletableFuture<String>> answers) throws Exception {
        int unknown = 0;
        List<String> completed = new ArrayList<>();
        List<String> never = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            try {
                completed.add(answers.get(i).get(20, TimeUnit.SECONDS));
                assertThat(completed).last().isEqualTo(String.valueOf(i));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof NeverStartedException) {
                    never.add(String.valueOf(i));
                } else {
                    assertThat(e.getCause()).isInstanceOfAny(OutcomeUnknownException.class, AbortedException.class);
                    unknown++;
                }
            }
        }
        List<String> done = Files.readAllLines(folder.resolve("journal"));
        assertThat(done).doesNotHaveDuplicates().containsAll(completed).doesNotContainAnyElementsOf(never);
        assertThat(completed).hasSizeGreaterThanOrEqualTo(answers.size() - unknown - never.size());
        System.out.println(
                "completed " + completed.size() + ", never started " + never.size() + ", unknown " + unknown);
    }
}
