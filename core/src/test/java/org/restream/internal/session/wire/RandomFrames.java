package org.restream.internal.session.wire;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Frames of all kinds, with numbers at their limits as often as in between. */
final class RandomFrames {
    static final int MAX_FRAME = 1_000;
    private static final String[] TEXTS = {"", "a", "grüße 日本 😀", "x".repeat(FrameLimits.MAX_TEXT)};

    private final SplittableRandom random;

    RandomFrames(SplittableRandom random) {
        this.random = random;
    }

    /** The same ones to each handler. */
    void make(int count, FrameHandler... handlers) throws ProtocolException {
        for (int i = 0; i < count; i++) {
            long seed = random.nextLong();
            for (FrameHandler handler : handlers) {
                new RandomFrames(new SplittableRandom(seed)).one(handler);
            }
        }
    }

    private void one(FrameHandler to) throws ProtocolException {
        switch (random.nextInt(10)) {
            case 0 -> {
                long received = number();
                to.ack(exchange(), random.nextInt(4), received, Math.min(received, number()), number());
            }
            case 1 -> to.known(exchange());
            case 2 -> cut(to);
            case 3 -> to.more(number());
            case 4 -> to.ping(random.nextBoolean(), random.nextLong());
            case 5 -> to.listed(number());
            case 6 -> to.going(code(), code(), text());
            case 7 -> to.bye(code(), text());
            default -> data(to);
        }
    }

    private void cut(FrameHandler to) throws ProtocolException {
        int flags = random.nextInt(1, 5);
        if (flags == 4) {
            flags = 7;
        }
        boolean hasSize = (flags & Flags.CUT_MINE) != 0 && flags != 7;
        to.cut(exchange(), flags, code(), hasSize ? number() : 0, text());
    }

    private void data(FrameHandler to) throws ProtocolException {
        int flags = random.nextInt(16);
        if ((flags & Flags.END) == 0) {
            flags &= ~Flags.CRC;
        }
        boolean deadline = (flags & Flags.OPEN) != 0 && random.nextBoolean();
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(MAX_FRAME + 1) : random.nextInt(4)];
        random.nextBytes(bytes);
        long offset = (flags & Flags.OPEN) != 0 ? 0 : Math.min(number(), FrameLimits.MAX_NUMBER - bytes.length);
        to.data(
                exchange(),
                deadline ? flags | Flags.DEADLINE : flags,
                offset,
                deadline ? Math.max(1, code()) : 0,
                ByteBuffer.wrap(bytes),
                (flags & Flags.CRC) != 0 ? random.nextInt() : 0);
    }

    private long exchange() {
        return Math.max(1, number());
    }

    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> FrameLimits.MAX_NUMBER - random.nextInt(3);
            default -> random.nextLong(FrameLimits.MAX_NUMBER + 1);
        };
    }

    private int code() {
        return random.nextBoolean() ? random.nextInt(12) : Integer.MAX_VALUE - random.nextInt(2);
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }
}
