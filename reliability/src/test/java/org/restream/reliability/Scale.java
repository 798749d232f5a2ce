package org.restream.reliability;

/** How much is done: a sample in every build, all of it with {@code -Dfull}. */
public final class Scale {
    private Scale() {}

    public static boolean isFull() {
        return Boolean.getBoolean("restream.full");
    }

    public static int of(int sample, int full) {
        return isFull() ? full : sample;
    }

    /** {@code -Dsoak=…}, minutes; only in a full run. */
    public static int soakMinutes() {
        return Integer.getInteger("soak", 2);
    }
}
