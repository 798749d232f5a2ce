package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.restream.ConnectionLostException;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.internal.concurrent.Threads;
import org.restream.testing.Pattern;

/**
 * A handler reads, or has listeners, while a second thread watches the peer: it behaves as if there were no second
 * thread.
 */
class WatchedReadTest {
    private static final String HEADER = "{\"a\":1}\n\n";

    private final Calls calls = new Calls();
    private final CompletableFuture<Void> go = new CompletableFuture<>();

    private static Trial client(Trial.Handler handler) throws Exception {
        return Trial.of(Wire.PIPE, Trial.ROOMY, Setup::interrupts, handler);
    }

    /** Each byte arrives once and in order, whichever method reads it, and whenever the second thread starts. */
    @Test
    void gets_every_byte_once_and_in_order() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            int size = random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(3_000);
            boolean cut = random.nextInt(5) == 0;
            try {
                readAndWatch(random, size, cut);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static void readAndWatch(Random random, int size, boolean cut) throws Exception {
        long handlerSeed = random.nextLong();
        CompletableFuture<byte[]> got = new CompletableFuture<>();
        ByteArrayOutputStream soFar = new ByteArrayOutputStream();
        byte[] body = Pattern.bytes(random.nextInt(), size);
        // space at least for our own header, which nobody reads
        int capacity = random.nextBoolean() ? 1 << 16 : 4 + random.nextInt(2_000);
        try (Trial trial = Trial.of(Wire.PIPE, capacity, Setup::interrupts, (in, out) -> {
            try {
                readAll(in, soFar, new Random(handlerSeed));
                got.complete(soFar.toByteArray());
            } catch (Throwable e) {
                got.completeExceptionally(e);
                throw e;
            }
        })) {
            Thread watch = Threads.start("starts-second", () -> {
                if (handlerSeed % 8 != 0) {
                    trial.timer.advance(Trial.SECOND_THREAD);
                }
            });
            say(trial, body, random, cut);
            watch.join();
            if (cut) {
                Throwable lost = catchThrowable(() -> Trial.get(got));
                assertThat(lost).hasCauseInstanceOf(ConnectionLostException.class);
                byte[] before = soFar.toByteArray();
                assertThat(before).isEqualTo(Arrays.copyOf(body, before.length));
                assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
            } else {
                assertThat(Arrays.equals(Trial.get(got), body)).as("the body").isTrue();
                assertThat(trial.outcome().reason()).isNull();
                assertThat(trial.outcome().bytesReceived()).isEqualTo(size);
            }
        }
    }

    private static void say(Trial trial, byte[] body, Random random, boolean cut) {
        trial.peer.say(HEADER.substring(0, 4)).say(HEADER.substring(4));
        for (int at = 0; at < body.length; ) {
            int next = Math.min(body.length - at, 1 + random.nextInt(1 + random.nextInt(70_000)));
            trial.peer.say(Arrays.copyOfRange(body, at, at + next));
            at += next;
            for (int spin = random.nextInt(3) * 1_000; spin > 0; spin--) {
                Thread.onSpinWait();
            }
        }
        if (cut) {
            trial.peer.cut();
        } else {
            trial.peer.finish();
        }
    }

    private static void readAll(Incoming in, ByteArrayOutputStream got, Random random) throws IOException {
        if (random.nextBoolean()) {
            assertThat(in.header()).isEqualTo(Header.of("a", 1));
        }
        while (true) {
            for (int spin = random.nextInt(3) * 1_000; spin > 0; spin--) {
                Thread.onSpinWait();
            }
            int available = in.available();
            int read;
            switch (random.nextInt(6)) {
                case 0 -> {
                    read = in.read();
                    if (read >= 0) {
                        got.write(read);
                        read = 1;
                    }
                }
                case 1 -> {
                    in.transferTo(got);
                    read = -1;
                }
                case 2 -> {
                    byte[] rest = in.readAllBytes();
                    got.writeBytes(rest);
                    read = -1;
                }
                default -> {
                    // from far smaller than the read buffer to larger
                    byte[] piece = new byte[1 + random.nextInt(1 << random.nextInt(18))];
                    read = in.read(piece);
                    got.write(piece, 0, Math.max(0, read));
                    if (read >= 0 && read < Math.min(available, piece.length)) {
                        throw new AssertionError(available + " bytes were available, but " + read + " read");
                    }
                }
            }
            if (read < 0) {
                if (available > 0 && got.size() == 0) {
                    throw new AssertionError(available + " bytes were available of an empty body");
                }
                return;
            }
        }
    }

    @Test
    void nothing_is_available_while_nothing_has_come() throws Exception {
        CompletableFuture<Integer> before = new CompletableFuture<>();
        CompletableFuture<Integer> after = new CompletableFuture<>();
        CompletableFuture<Void> headerKnown = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            in.header();
            headerKnown.complete(null);
            Trial.get(go);
            before.complete(in.available());
            assertThat(in.read()).isEqualTo('b');
            after.complete(in.available());
        })) {
            trial.peer.say(HEADER);
            Trial.get(headerKnown);
            trial.startSecond();
            trial.link.awaitReader();
            go.complete(null);
            assertThat(Trial.get(before)).isZero();
            trial.peer.say("body").finish();
            assertThat(Trial.get(after)).isEqualTo(3);
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    /** The peer says no more before it has heard of the handler again. */
    @RepeatedTest(20)
    void who_waits_for_the_header_that_the_second_thread_reads_gets_it_before_the_body_begins() throws Exception {
        CompletableFuture<Header> header = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            Trial.get(go);
            header.complete(in.header());
        })) {
            trial.startSecond();
            trial.link.awaitReader();
            go.complete(null);
            trial.awaitHandlerWaits();
            trial.peer.say(HEADER);
            assertThat(Trial.get(header)).isEqualTo(Header.of("a", 1));
            trial.peer.finish();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    /** The second thread starts when the handler has returned and another thread has to read. */
    @Test
    void what_is_kept_open_is_left_to_the_thread_that_reads_it() throws Exception {
        CompletableFuture<String> read = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> out.keepOpen())) {
            trial.awaitHandlerWaits();
            trial.startSecond();
            trial.peer.say(HEADER + "body").finish();
            trial.awaitSecondWaits();
            read.complete(trial.exchange.incoming().readText());
            trial.exchange.outgoing().end();
            assertThat(read.join()).isEqualTo("body");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    /** Also a listener that was attached when the second thread had received the peer's first bytes already. */
    @Test
    void listeners_that_are_attached_late_are_called_while_the_handler_goes_on() throws Exception {
        try (Trial trial = client((in, out) -> {
            Trial.get(go);
            in.onHeader(header -> calls.add("header"));
            calls.await("header");
            in.onEnd(() -> calls.add("end"));
            out.end();
        })) {
            trial.startSecond();
            trial.peer.say(HEADER + "body").finish();
            trial.awaitSecondWaits();
            go.complete(null);
            assertThat(trial.outcome().cause()).isNull();
            calls.assertExactly("header", "end");
        }
    }

    @Test
    void what_it_has_written_goes_out_before_it_waits_for_what_the_second_thread_reads() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        try (Trial trial = client((in, out) -> {
            Trial.get(go);
            out.write("question");
            assertThat(in.readText()).isEqualTo("answer");
            answered.countDown();
        })) {
            trial.startSecond();
            trial.link.awaitReader();
            go.complete(null);
            assertThat(trial.peer.hear(12)).isEqualTo("{}\n\nquestion");
            trial.peer.say(HEADER + "answer").finish();
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void its_close_is_its_own_though_the_second_thread_waits_for_the_header_too() throws Exception {
        CountDownLatch ending = new CountDownLatch(1);
        CompletableFuture<Void> hooked = new CompletableFuture<>();
        try (Trial trial = client((in, out) -> {
            Trial.get(hooked);
            out.write("question");
            out.close();
            assertThat(in.readText()).isEqualTo("answer");
        })) {
            trial.link.beforeFinish(() -> {
                ending.countDown();
                go.join();
            });
            hooked.complete(null);
            assertThat(trial.peer.hear(12)).isEqualTo("{}\n\nquestion");
            assertThat(ending.await(30, TimeUnit.SECONDS)).isTrue();
            trial.startSecond();
            trial.awaitSecondWaits();
            go.complete(null);
            trial.peer.say(HEADER + "answer").finish();
            assertThat(trial.peer.hearAll()).isEmpty();
            assertThat(trial.outcome().cause()).isNull();
        }
    }

    @RepeatedTest(100)
    void what_another_thread_closes_while_it_waits_is_told_at_once() throws Exception {
        try (Trial trial = client((in, out) -> {
            in.header();
            out.flush();
            in.readText();
        })) {
            trial.startSecond();
            trial.peer.say(HEADER);
            trial.peer.hear(4);
            trial.awaitHandlerWaits();
            trial.exchange.outgoing().close();

            assertThat(trial.outcome().reason()).isEqualTo(Reason.HANDLER);
            assertThat(trial.outcome().cause()).hasMessageStartingWith("another thread has closed");
        }
    }

    @Test
    void kept_open_another_thread_may_read_and_end_it() throws Exception {
        CompletableFuture<Incoming> incoming = new CompletableFuture<>();
        CompletableFuture<Outgoing> outgoing = new CompletableFuture<>();
        byte[] body = Pattern.bytes(1, 100_000);
        try (Trial trial = client((in, out) -> {
            outgoing.complete(out.keepOpen());
            incoming.complete(in);
            Trial.get(go);
        })) {
            Trial.get(outgoing);
            trial.startSecond();
            trial.link.awaitReader();
            go.complete(null);
            trial.peer.say(HEADER);
            trial.peer.saySoon(body);
            assertThat(Trial.get(incoming).readAllBytes()).isEqualTo(body);
            Trial.get(outgoing).end("done");
            assertThat(trial.peer.hearAll()).isEqualTo("{}\n\ndone");
            assertThat(trial.outcome().reason()).isNull();
        }
    }

    @Test
    void kept_open_its_loss_is_found_though_nobody_reads_or_writes() throws Exception {
        try (Trial trial = client((in, out) -> {
            out.keepOpen();
            Trial.get(go);
        })) {
            trial.startSecond();
            trial.link.awaitReader();
            go.complete(null);
            trial.peer.cut();
            assertThat(trial.outcome().reason()).isEqualTo(Reason.CONNECTION);
        }
    }
}
