package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.internal.concurrent.Threads;
import org.restream.testing.ManualTimer;
import org.restream.testing.PipePeer;
import org.restream.testing.TestLink;

/** Ends an exchange at every step: it is either complete or failed, and both sides and all listeners see the same. */
class OneStateTest extends EachWire {
    private static final String THEIRS = "{}\n\ntheirs";
    private static final String OURS = "{}\n\nours";
    private static final int MORE_THAN_THERE_ARE = 100;

    /** What ends the exchange early. */
    enum End {
        CANCEL(Reason.CLOSED) {
            @Override
            void of(Exchange exchange) {
                exchange.cancel(Reason.CLOSED, "closed");
            }
        },
        ABORT(Reason.ABORTED) {
            @Override
            void of(Exchange exchange) {
                exchange.outgoing().abort();
            }
        },
        LOST(Reason.LIMIT) {
            @Override
            void of(Exchange exchange) {
                exchange.lost(new IOException("idle"));
            }
        };

        final Reason reason;

        End(Reason reason) {
            this.reason = reason;
        }

        abstract void of(Exchange exchange);
    }

    /** How a handler uses its streams. */
    enum Style {
        READS_THEN_WRITES {
            @Override
            Trial.Handler handler(Calls calls) {
                return (in, out) -> {
                    in.readAllBytes();
                    out.end("ours");
                };
            }
        },
        WRITES_THEN_READS {
            @Override
            Trial.Handler handler(Calls calls) {
                return (in, out) -> {
                    out.write("ours");
                    in.onError(error -> calls.add("error"));
                    in.readAllBytes();
                };
            }
        },
        LISTENS {
            @Override
            Trial.Handler handler(Calls calls) {
                return (in, out) -> in.onHeader(header -> out.write("ours"))
                        .onData(data -> {})
                        .onEnd(() -> {
                            calls.add("end");
                            out.end();
                        })
                        .onError(error -> calls.add("error"));
            }
        },
        LISTENS_AND_HAS_ENDED {
            @Override
            Trial.Handler handler(Calls calls) {
                return (in, out) -> {
                    in.onEnd(() -> calls.add("end")).onError(error -> calls.add("error"));
                    out.end("ours");
                };
            }
        };

        abstract Trial.Handler handler(Calls calls);
    }

    static Stream<Arguments> all() {
        return Stream.of(Style.values())
                .flatMap(style -> Stream.of(End.values())
                        .flatMap(end -> Stream.of(true, false)
                                .flatMap(server -> Stream.of(
                                        Arguments.of(style, end, server, true),
                                        Arguments.of(style, end, server, false)))));
    }

    @ParameterizedTest(name = "{0}, {1}, server: {2}, by another thread: {3}")
    @MethodSource("all")
    void at_each_step_all_are_told_the_same(Style style, End end, boolean server, boolean another) throws Exception {
        int step = 0;
        while (endAt(step, style, end, server, another)) {
            step++;
            assertThat(step).isLessThan(MORE_THAN_THERE_ARE);
        }
        assertThat(step).isGreaterThan(5);
    }

    /** Returns whether this step exists. */
    private boolean endAt(int step, Style style, End end, boolean server, boolean another) throws Exception {
        try (Wire.Ends ends = wire.ends(Trial.ROOMY)) {
            return endAt(step, style, end, server, another, ends);
        }
    }

    private boolean endAt(int step, Style style, End end, boolean server, boolean another, Wire.Ends ends)
            throws Exception {
        ExchangeConfig.Side of = server ? ExchangeConfig.Side.SERVER : ExchangeConfig.Side.CLIENT;
        TestLink ours = ends.of(of);
        PipePeer peer = new PipePeer(ends.against(of)).say(THEIRS).finish();
        Calls calls = new Calls();
        CompletableFuture<Exchange> made = new CompletableFuture<>();
        SteppedLink link = new SteppedLink(ours, step, () -> by(another, () -> end.of(made.join())));
        UnaryOperator<Setup> side = server ? Setup::server : setup -> setup;
        ExchangeConfig config = side.apply(Setup.of(
                        new ManualTimer(), work -> Threads.unstarted("second", work), thrown -> calls.add("unheard")))
                .config();
        Exchange exchange = new Exchange(link, new ExchangePeer(link, 1), config, Duration.ZERO);
        made.complete(exchange);
        Trial.Handler handler = style.handler(calls);

        Outcome outcome = run(exchange, handler);
        String heard = heard(peer);

        String what = "step " + step + ": " + outcome + ", " + calls.list() + ", the peer heard " + heard;
        assertThat(calls.list()).as(what).doesNotHaveDuplicates().hasSizeLessThan(2);
        if (outcome.isComplete()) {
            assertThat(heard).as(what).isEqualTo(OURS);
            assertThat(ours.isAborted()).as(what).isFalse();
            assertThat(calls.list()).as(what).doesNotContain("error");
        } else {
            assertThat(outcome.reason()).as(what).isEqualTo(end.reason);
            // in a session the whole message may have arrived before the exchange is cut, but never half of it as the
            // whole
            assertThat(heard).as(what).isIn(wire == Wire.PIPE ? List.of("reset") : List.of("reset", OURS));
            assertThat(ours.isAborted()).as(what).isTrue();
        }
        assertThat(link.hasHappened() || outcome.isComplete()).as(what).isTrue();
        return link.hasHappened();
    }

    /** Runs on a thread of its own, within the test's time limit. */
    private static Outcome run(Exchange exchange, Trial.Handler handler) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Threads.start(
                "exchange",
                () -> outcome.complete(exchange.run(() -> handler.handle(exchange.incoming(), exchange.outgoing()))));
        return Trial.get(outcome);
    }

    private static void by(boolean another, Runnable work) {
        if (!another) {
            work.run();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        Threads.start("another", () -> {
            work.run();
            done.complete(null);
        });
        // join() ignores interrupts
        done.join();
    }

    private static String heard(PipePeer peer) {
        try {
            return peer.hearAll();
        } catch (IOException e) {
            return "reset";
        }
    }

    /** Two real exchanges, of which one is ended at a random moment. */
    @Test
    void at_any_moment_a_side_that_is_complete_has_a_peer_that_is() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            End end = End.values()[random.nextInt(End.values().length)];
            Style style = Style.values()[random.nextInt(Style.values().length)];
            Style other = Style.values()[random.nextInt(Style.values().length)];
            boolean bothRead = style == Style.READS_THEN_WRITES && other == style;
            if (bothRead) {
                continue;
            }
            int spins = random.nextInt(4_000);
            Calls calls = new Calls();
            Calls othersCalls = new Calls();
            Wire.Ends ends = wire.ends(Trial.ROOMY);
            try (Trial one = client(ends, style.handler(calls));
                    Trial two = server(ends, other.handler(othersCalls))) {
                for (int spin = 0; spin < spins; spin++) {
                    Thread.onSpinWait();
                }
                end.of(one.exchange);
                String what = "seed " + seed + ", round " + round + ": " + style + ", " + other + ", " + end + ", "
                        + one.outcome() + calls.list() + two.outcome() + othersCalls.list();
                if (one.outcome().isComplete()) {
                    assertThat(two.outcome().isComplete()).as(what).isTrue();
                } else {
                    assertThat(one.outcome().reason()).as(what).isEqualTo(end.reason);
                }
                for (Calls each : List.of(calls, othersCalls)) {
                    assertThat(each.list()).as(what).hasSizeLessThan(2);
                }
            }
        }
    }
}
