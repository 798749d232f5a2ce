package org.restream.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever goes into frames comes out of them, wherever the borders of the pieces fall. */
class FrameSplitTest {
    private static final int SPLIT_RUNS = 40;
    private static final int RANDOM_RUNS = 2_000;

    private final Calls expected = new Calls();
    private byte[] bytes = {};

    private void make(SplittableRandom random, int count) throws ProtocolException {
        Encoding encoding = new Encoding(64 * 1024);
        new RandomFrames(random).make(count, expected, encoding);
        bytes = encoding.bytes();
    }

    @Test
    void two_pieces_at_every_border() throws Exception {
        for (long seed = 0; seed < SPLIT_RUNS; seed++) {
            FrameSplitTest run = new FrameSplitTest();
            run.make(new SplittableRandom(seed), 6);
            for (int border = 0; border <= run.bytes.length; border++) {
                run.check(new int[] {border}, "seed " + seed + ", border " + border);
            }
        }
    }

    @Test
    void pieces_of_one_size() throws Exception {
        for (long seed = 0; seed < SPLIT_RUNS; seed++) {
            FrameSplitTest run = new FrameSplitTest();
            run.make(new SplittableRandom(seed), 20);
            for (int size = 1; size <= 70; size++) {
                run.checkPieces(size, "seed " + seed + ", pieces of " + size);
            }
        }
    }

    @Test
    void random_pieces() throws Exception {
        for (long seed = 0; seed < RANDOM_RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FrameSplitTest run = new FrameSplitTest();
            run.make(random, 20);
            int[] borders = random.ints(random.nextInt(30), 0, run.bytes.length + 1)
                    .sorted()
                    .toArray();
            run.check(borders, "seed " + seed);
        }
    }

    @Test
    void a_frame_that_is_whole_is_one_call() throws Exception {
        for (long seed = 0; seed < SPLIT_RUNS; seed++) {
            FrameSplitTest run = new FrameSplitTest();
            run.make(new SplittableRandom(seed), 20);
            Calls calls = new Calls();
            new FrameParser(RandomFrames.MAX_FRAME).parse(ByteBuffer.wrap(run.bytes), calls);
            assertThat(calls.all()).as("seed %d", seed).isEqualTo(run.expected.all());
        }
    }

    @Test
    void what_was_parsed_is_encoded_to_the_same_bytes() throws Exception {
        for (long seed = 0; seed < RANDOM_RUNS; seed++) {
            FrameSplitTest run = new FrameSplitTest();
            run.make(new SplittableRandom(seed), 20);
            Encoding again = new Encoding(run.bytes.length);
            new FrameParser(RandomFrames.MAX_FRAME).parse(ByteBuffer.wrap(run.bytes), again);
            assertThat(again.bytes()).as("seed %d", seed).isEqualTo(run.bytes);
        }
    }

    /** One byte is another one: the frames before it are the same, and the error too, if there is one. */
    @Test
    void what_is_wrong_is_wrong_in_the_same_way_in_pieces_of_any_size() throws Exception {
        int wrong = 0;
        for (long seed = 0; seed < RANDOM_RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FrameSplitTest run = new FrameSplitTest();
            run.make(random, 4);
            run.bytes[random.nextInt(run.bytes.length)] ^= (byte) (1 << random.nextInt(8));
            String whole = run.outcome(run.bytes.length);
            wrong += !whole.endsWith("]") ? 1 : 0;
            for (int size : new int[] {1, 2, 11, 12, 13, 64}) {
                assertThat(run.outcome(size))
                        .as("seed %d, pieces of %d", seed, size)
                        .isEqualTo(whole);
            }
        }
        assertThat(wrong).isGreaterThan(RANDOM_RUNS / 4);
    }

    private String outcome(int size) {
        FrameParser parser = new FrameParser(RandomFrames.MAX_FRAME);
        Calls calls = new Calls();
        String error = "";
        try {
            for (int from = 0; from < bytes.length; from += size) {
                parser.parse(ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from)), calls);
            }
        } catch (ProtocolException e) {
            error = e.getMessage();
        }
        return Calls.joined(calls.all()) + error;
    }

    private void checkPieces(int size, String what) throws ProtocolException {
        int[] borders = new int[bytes.length / size];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = (i + 1) * size;
        }
        check(borders, what);
    }

    /** Each piece in a buffer of its own, heap and direct in turn, with something in front of it and behind it. */
    private void check(int[] borders, String what) throws ProtocolException {
        FrameParser parser = new FrameParser(RandomFrames.MAX_FRAME);
        Calls calls = new Calls();
        int from = 0;
        for (int i = 0; i <= borders.length; i++) {
            int to = i == borders.length ? bytes.length : borders[i];
            int size = to - from + 7;
            ByteBuffer piece = i % 2 == 0 ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
            piece.put(3, bytes, from, to - from).position(3).limit(3 + to - from);
            parser.parse(piece, calls);
            assertThat(piece.remaining()).as(what).isZero();
            assertThat(piece.limit()).as(what).isEqualTo(3 + to - from);
            from = to;
        }
        assertThat(Calls.joined(calls.all())).as(what).isEqualTo(Calls.joined(expected.all()));
    }
}
