package org.restream.reliability;

/** The extent of the tests: a sample in every build, everything with {@code -Dfull}. */
public final class Scale {
    private Scale() {}

    public static boolean isFull() {
        return Boolean.getBoolean("restream.full");
    }

    public static int of(int sample, int full) {
        return isFull() ? full : sample;
    }

    /** {@code -Dsoak=…} in minutes; only for a full run. */
    public static int soakMinutes() {
        return Integer.getInteger("soak", 2);
    }
}
