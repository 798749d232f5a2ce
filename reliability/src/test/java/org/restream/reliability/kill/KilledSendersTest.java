package org.restream.reliability.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.restream.ClientOptions;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;
import org.restream.reliability.Figures;
import org.restream.reliability.Scale;
import org.restream.testing.JavaProcess;
import org.restream.testing.Pattern;

/** SIGKILL ends a sender with restream: inside a body its receiver sees a reset, after its end the whole body. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class KilledSendersTest {
    private static final long SEED = 20_130_401;

    @TempDir
    static Path folder;

    private static TlsFiles tls;

    @BeforeAll
    static void writeFiles() throws Exception {
        tls = TlsFiles.write(folder);
    }

    private static List<Ending> killedInTheirBodies(Receiver receiver, int count, @Nullable Path keyStore)
            throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Ending> endings = new ArrayList<>();
        try (receiver;
                SenderPool senders = new SenderPool(Scale.of(1, 3), keyStore)) {
            for (int n = 0; n < count; n++) {
                Killing killing = Killing.random(n, keyStore == null, random);
                Ending ending = killing.run(receiver, senders, folder);
                assertThat(ending.error())
                        .as("%s, seed %d: %s", killing, SEED, ending)
                        .isTrue();
                boolean sure = !(receiver instanceof NodeReceiver node)
                        || node.tellsEveryReset()
                        || killing.situation() == Killing.Situation.DRAINED;
                assertThat(ending.end() && sure)
                        .as("a clean end: %s, seed %d: %s", killing, SEED, ending)
                        .isFalse();
                endings.add(ending);
            }
        }
        return endings;
    }

    private static int count(@Nullable TlsFiles files) {
        return files == null ? Scale.of(4, 100) : Scale.of(2, 50);
    }

    private static void inJava(@Nullable TlsFiles files, String key, String with) throws Exception {
        List<Receiver> receivers = Receivers.java(files);
        List<Ending> endings = new ArrayList<>();
        for (Receiver receiver : receivers) {
            endings.addAll(killedInTheirBodies(
                    receiver, count(files) / receivers.size(), files == null ? null : files.store()));
        }
        assertThat(endings).allMatch(Ending::isReset);
        Figures.record(key, "Java" + with + ": " + endings.size() + " of " + endings.size() + " see a reset");
    }

    private static void inNode(@Nullable TlsFiles files, String key, String with) throws Exception {
        List<NodeReceiver> receivers = Receivers.node(files, Scale.of(1, 2));
        assumeTrue(!receivers.isEmpty(), "there is no \"node\" on the PATH");
        List<String> figures = new ArrayList<>();
        for (NodeReceiver receiver : receivers) {
            List<Ending> endings = killedInTheirBodies(receiver, count(files), files == null ? null : files.store());
            long resets = endings.stream().filter(Ending::isReset).count();
            figures.add("Node " + receiver.version() + with + ": " + resets + " of " + endings.size() + " see a reset"
                    + (resets == endings.size()
                            ? ""
                            : ", " + (endings.size() - resets) + " an `end` and then the reset, when they answer"));
        }
        Figures.record(key, String.join("; ", figures));
    }

    @Test
    void killed_in_its_body_it_has_reset_the_connection_to_a_receiver_in_java() throws Exception {
        inJava(null, "killed-senders-java", "");
    }

    @Test
    void killed_in_its_body_it_has_reset_the_connection_to_a_receiver_in_node() throws Exception {
        inNode(null, "killed-senders-node", "");
    }

    @Test
    void killed_in_its_body_it_has_cut_the_tls_stream_to_a_receiver_in_java() throws Exception {
        inJava(tls, "killed-senders-java-tls", ", TLS");
    }

    @Test
    void killed_in_its_body_it_has_cut_the_tls_stream_to_a_receiver_in_node() throws Exception {
        inNode(tls, "killed-senders-node-tls", ", TLS");
    }

    @Test
    void killed_right_after_its_end_it_has_sent_the_whole_body() throws Exception {
        List<Receiver> receivers = new ArrayList<>(Receivers.java(null));
        receivers.addAll(Receivers.node(null, 1));
        int whole = 0;
        for (Receiver receiver : receivers) {
            whole += killedAfterTheirEnds(receiver, Scale.of(2, receiver instanceof NodeReceiver ? 100 : 50));
        }
        Figures.record("ended-senders", whole + " of " + whole + " bodies arrive whole");
    }

    private static int killedAfterTheirEnds(Receiver receiver, int count) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (receiver;
                SenderPool senders = new SenderPool(Scale.of(1, 3), null)) {
            for (int n = 0; n < count; n++) {
                int length = random.nextInt(0, 2_000_000);
                boolean listens = n % 2 == 1;
                Receiver.Reception reception = listens ? null : receiver.next(Plan.readAll());
                try (JavaProcess sender = senders.take(listens ? 0 : receiver.port(), length, "end")) {
                    if (listens) {
                        reception = receiver.connect(Integer.parseInt(sender.line()), Plan.readAll());
                    }
                    assertThat(sender.line()).isEqualTo("sent");
                    sender.kill();
                    byte[] digest = Taking.sha256().digest(Pattern.bytes(Sender.SEED, length));
                    Ending ending = reception.ending();
                    assertThat(ending.end()).as("%d bytes: %s", length, ending).isTrue();
                    assertThat(ending.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
                }
            }
        }
        return count;
    }

    /**
     * The answer is passed to the system at once, so it is usually whole; if the process is killed earlier, it is cut.
     */
    @Test
    void the_answer_of_a_killed_listen_with_a_reply_is_whole_or_cut() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        String reply = "r".repeat(100_000);
        int count = Scale.of(2, 30);
        int whole = 0;
        for (int n = 0; n < count; n++) {
            try (JavaProcess listen = JavaProcess.command("listen", "--port=0", "--reply", reply)) {
                CompletableFuture<Void> asked = new CompletableFuture<>();
                CompletableFuture<String> answer = new CompletableFuture<>();
                ClientOptions options = ClientOptions.defaults()
                        .servers("127.0.0.1:" + Killing.port(listen.line()))
                        .reconnect(Reconnect.UNTIL_CONNECTED)
                        .listener(event -> {});
                try (RestreamClient client = Restream.createClient(options, (req, res) -> {
                    req.end("a request");
                    asked.complete(null);
                    answer.complete(res.readText());
                })) {
                    asked.get(30, TimeUnit.SECONDS);
                    LockSupport.parkNanos(random.nextLong(400_000_000));
                    listen.kill();
                    if (client.completion().handle((done, lost) -> lost == null).get(30, TimeUnit.SECONDS)) {
                        assertThat(answer).isCompletedWithValue(reply);
                        whole++;
                    } else {
                        assertThat(answer).isNotCompleted();
                    }
                }
            }
        }
        Figures.record(
                "killed-reply",
                "of " + count + " killed `listen --reply`, 0 to 400 ms after the request, " + whole
                        + " answers are whole and " + (count - whole) + " are seen as cut");
    }
}
