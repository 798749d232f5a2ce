package org.restream.benchmarks.experiment;

/**
 * Warms up: piece by piece, until it gets no better. How long a JVM takes to compile depends on what else the machine does, so
 * a fixed time would be too short in a slow hour.
 */
final class Steady {
    /** Less than this is no gain. */
    private static final double GAIN = 0.95;
    /** It has ended when so many in a row were no gain. */
    private static final int NO_GAINS = 2;

    /** A piece of the work that is to be measured. */
    interface Piece {
        /** Does it, and returns the CPU time for one exchange. */
        double run() throws Exception;
    }

    private Steady() {}

    /** Runs a few pieces at least, and not more than so many. */
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
