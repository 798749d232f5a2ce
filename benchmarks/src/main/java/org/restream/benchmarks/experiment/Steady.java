package org.restream.benchmarks.experiment;

/**
 * Warms up until the results stop getting better. How long a JVM takes to compile depends on the other load of the
 * machine, so a fixed time would sometimes be too short.
 */
final class Steady {
    /** A result is a gain if it is below this part of the best one. */
    private static final double GAIN = 0.95;
    /** The warm-up ends after this many pieces in a row without a gain. */
    private static final int NO_GAINS = 2;

    /** A piece of the work to be measured. */
    interface Piece {
        /** Runs it, and returns its CPU time, per exchange or byte. */
        double run() throws Exception;
    }

    private Steady() {}

    /** Runs at least {@code least} and at most {@code most} pieces. */
    static void await(int least, int most, Piece piece) throws Exception {
        double best = Double.MAX_VALUE;
        int noGains = 0;
        for (int done = 0; done < most && (done < least || noGains < NO_GAINS); done++) {
            double cost = piece.run();
            noGains = cost < GAIN * best ? 0 : noGains + 1;
            best = Math.min(best, cost);
        }
    }
}
