package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.restream.Header;
import org.restream.internal.concurrent.OwnThread;
import org.restream.internal.link.Link;
import org.restream.testing.ManualTimer;
import org.restream.testing.PipeLink;
import org.restream.testing.PipePeer;
import org.restream.testing.WireVector;

/** Runs the test vectors of docs/wire.md through all code that receives: from the link to the user, in both styles. */
class ReceivingVectorsTest extends EachWire {
    static List<WireVector> vectors() {
        return WireVector.all();
    }

    static List<WireVector> messages() {
        return vectors().stream().filter(vector -> !vector.isError()).toList();
    }

    /** Reads the message in two pieces: the second is sent when the first has been consumed. */
    private static void checkSplit(WireVector vector, int at, int capacity) throws Exception {
        List<PipeLink> ends = PipeLink.pair(capacity);
        PipePeer peer = new PipePeer(ends.get(1));
        int[] said = {0};
        byte[] bytes = vector.bytes();
        Link link = new SayingLink(ends.get(0), () -> {
            int next = said[0] < at ? at : Math.min(bytes.length, said[0] + capacity);
            peer.say(Arrays.copyOfRange(bytes, said[0], next));
            said[0] = next;
            if (next == bytes.length) {
                peer.finish();
            }
        });
        MessageReader reader = reader(link, vector.maxHeaderBytes());
        assertThat(reader.header().toString())
                .as("split at %d", at)
                .isEqualTo(
                        vector.isEmptyMessage()
                                ? "{}"
                                : Header.parse(vector.header()).toString());
        assertThat(reader.headerIfCame() != null).isEqualTo(!vector.isEmptyMessage());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        reader.transferTo(body);
        assertThat(body.toByteArray()).as("split at %d", at).isEqualTo(vector.body());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void header_and_body_are_right_wherever_the_border_falls(WireVector vector) throws Exception {
        for (int at = 1; at < vector.bytes().length; at++) {
            checkSplit(vector, at, 4096);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void and_one_byte_at_a_time(WireVector vector) throws Exception {
        checkSplit(vector, Math.min(1, vector.bytes().length), 1);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void as_a_stream(WireVector vector) throws Exception {
        AtomicReference<Header> header = new AtomicReference<>();
        AtomicReference<byte[]> body = new AtomicReference<>();
        check(vector, (in, out) -> {
            header.set(in.header());
            body.set(in.readAllBytes());
        });
        if (!vector.isError()) {
            assertThat(header.get().toString())
                    .isEqualTo(
                            vector.isEmptyMessage()
                                    ? "{}"
                                    : Header.parse(vector.header()).toString());
            assertThat(body.get()).isEqualTo(vector.body());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void as_events(WireVector vector) throws Exception {
        Calls calls = new Calls();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        check(vector, (in, out) -> {
            in.onHeader(header -> calls.add("header " + header));
            in.onData(body::writeBytes);
            in.onEnd(() -> calls.add("end"));
            in.onError(error -> calls.add("error"));
            out.end();
        });
        if (vector.isError()) {
            calls.assertExactly("error");
        } else if (vector.isEmptyMessage()) {
            calls.assertExactly("end");
        } else {
            calls.assertExactly("header " + Header.parse(vector.header()), "end");
        }
        assertThat(body.toByteArray()).isEqualTo(vector.body());
    }

    private void check(WireVector vector, Trial.Handler handler) throws Exception {
        try (Trial trial = trial(Trial.ROOMY, setup -> setup.maxHeaderBytes(vector.maxHeaderBytes()), handler)) {
            trial.peer.saySoon(vector.bytes());
            Outcome outcome = trial.outcome();
            if (vector.isError()) {
                assertThat(outcome.reason().isOurs()).isFalse();
                assertThat(outcome.cause().getClass().getSimpleName().replace("Exception", "") + ": "
                                + outcome.cause().getMessage())
                        .startsWith(vector.error());
                assertThat(outcome.headerCame()).isFalse();
                assertThat(trial.link.isAborted()).isTrue();
            } else {
                assertThat(outcome.cause()).isNull();
                assertThat(outcome.reason()).isNull();
                assertThat(outcome.headerCame()).isEqualTo(!vector.isEmptyMessage());
                assertThat(outcome.bytesReceived()).isEqualTo(vector.body().length);
            }
        }
    }

    @Test
    void what_was_refused_once_is_refused_again() throws Exception {
        List<PipeLink> ends = PipeLink.pair(4096);
        new PipePeer(ends.get(1)).say("{\"a\":1} \n\n{}\n\nbody").finish();
        MessageReader reader = reader(ends.get(0), 7);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(reader::header).hasMessage("the header is longer than maxHeaderBytes, 7 bytes");
        }
    }

    private static MessageReader reader(Link link, int maxHeaderBytes) {
        ExchangeConfig config = Setup.of(new ManualTimer(), Thread::new, thrown -> {})
                .maxHeaderBytes(maxHeaderBytes)
                .config();
        ExchangeState state = new ExchangeState(link, new OwnThread());
        OutgoingStream out = new OutgoingStream(new OutgoingMessage(link, state), state);
        return new MessageReader(link, state, Duration.ZERO, out, config);
    }

    /** Sends something before each read. */
    private record SayingLink(PipeLink link, Runnable beforeRead) implements Link {
        @Override
        public int read(ByteBuffer into) throws IOException {
            beforeRead.run();
            return link.read(into);
        }

        @Override
        public void write(ByteBuffer from) throws IOException {
            link.write(from);
        }

        @Override
        public void finish() throws IOException {
            link.finish();
        }

        @Override
        public void close() {
            link.close();
        }

        @Override
        public void abort() {
            link.abort();
        }
    }
}
