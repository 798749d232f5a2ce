package org.restream.benchmarks.session;

/** One large body, and how long it took. */
final class LargeBody {
    private LargeBody() {}

    static String up(Caller caller, long bytes) throws Exception {
        return run(bytes, () -> caller.up(Pieces.of(bytes)));
    }

    static String down(Caller caller, Request request) throws Exception {
        return run(request.bytes(), () -> caller.down(request));
    }

    /** Sends or receives the body, and returns its length. */
    private interface Transfer {
        long run() throws Exception;
    }

    private static String run(long bytes, Transfer transfer) throws Exception {
        long start = System.nanoTime();
        long count = transfer.run();
        if (count != bytes) {
            throw new IllegalStateException(count + " bytes arrived of " + bytes);
        }
        return "seconds=" + (System.nanoTime() - start) / 1e9;
    }
}
