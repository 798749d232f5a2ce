package org.restream.reliability;

import com.sun.management.ThreadMXBean;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.HeaderTooLargeException;
import org.restream.MalformedHeaderException;
import org.restream.internal.wire.HeaderReader;
import org.restream.internal.wire.HeaderWriter;

/**
 * Invariants of the header's reader for any input. {@link #check} passes on every exception except the two for headers.
 */
final class HeaderInvariants {
    private static final int LIMIT = 64 * 1024;
    /** Limits for allocation in bytes: a constant, and a number for each input byte. */
    private static final long ALLOCATED = 256 * 1024;

    private static final long ALLOCATED_PER_BYTE = 300;
    private static final int SPLITS = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * The reader's result for some bytes.
     *
     * @param header null if it was rejected or is incomplete
     * @param refused the error's message; null if there was none
     * @param taken how many bytes were consumed
     */
    private record Result(@Nullable Header header, @Nullable String refused, int taken) {}

    private HeaderInvariants() {}

    static void check(byte[] bytes) {
        Result whole = boundedRead(bytes);
        for (int[] borders : borders(bytes)) {
            Result split = read(bytes, LIMIT, borders);
            require(whole.equals(split), "split it gives " + split + ", whole " + whole);
        }
        checkTaken(bytes, whole);
        checkLimit(bytes, whole);
        if (whole.header() != null) {
            checkJourney(whole.header());
        } else {
            checkShown(bytes);
        }
    }

    private static Result boundedRead(byte[] bytes) {
        long bound = ALLOCATED + ALLOCATED_PER_BYTE * bytes.length;
        long before = allocated();
        Result result = read(bytes, LIMIT);
        if (allocated() - before > bound) {
            // the first call may have loaded classes
            before = allocated();
            read(bytes, LIMIT);
            long again = allocated() - before;
            require(again <= bound, again + " bytes were allocated for " + bytes.length);
        }
        return result;
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** Where to split: at every index of a short input, at some of a long one, and one byte at a time. */
    private static List<int[]> borders(byte[] bytes) {
        List<int[]> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(bytes.length);
        for (int i = 1; i < bytes.length && (bytes.length <= 64 || i <= SPLITS); i++) {
            all.add(new int[] {bytes.length <= 64 ? i : 1 + random.nextInt(bytes.length - 1)});
        }
        int[] each = new int[Math.max(0, bytes.length - 1)];
        for (int i = 0; i < each.length; i++) {
            each[i] = i + 1;
        }
        all.add(each);
        return all;
    }

    private static Result read(byte[] bytes, int limit, int... borders) {
        HeaderReader reader = new HeaderReader(limit);
        int from = 0;
        try {
            for (int i = 0; i <= borders.length; i++) {
                int to = i < borders.length ? borders[i] : bytes.length;
                ByteBuffer piece = ByteBuffer.wrap(bytes, from, to - from);
                from = to;
                Header header = reader.take(piece);
                if (header != null) {
                    return new Result(header, null, piece.position());
                }
                require(!piece.hasRemaining(), "some bytes of an unfinished header were left");
            }
            require(reader.pending() == bytes.length, "of " + bytes.length + " bytes " + reader.pending() + " pend");
            reader.end();
            return new Result(null, null, bytes.length);
        } catch (MalformedHeaderException | HeaderTooLargeException e) {
            return new Result(null, String.valueOf(e.getMessage()), -1);
        }
    }

    private static void checkTaken(byte[] bytes, Result result) {
        if (result.header() != null) {
            int end = result.taken();
            require(bytes[end - 1] == '\n' && bytes[end - 2] == '\n', "it took more or less than the blank line");
            for (int i = 1; i < end - 1; i++) {
                require(bytes[i] != '\n' || bytes[i - 1] != '\n', "it skipped a blank line");
            }
        }
    }

    /** A header of exactly the limit is accepted, and one more byte is not. */
    private static void checkLimit(byte[] bytes, Result whole) {
        if (whole.header() != null) {
            int length = whole.taken() - 2;
            require(whole.equals(read(bytes, length)), "it is not taken where it is as long as allowed");
            String refused = read(bytes, length - 1).refused();
            require(refused != null && refused.contains("maxHeaderBytes"), "it is taken where it is too long");
        }
    }

    private static void checkJourney(Header header) {
        byte[] written = HeaderWriter.bytes(header);
        Result back = read(written, written.length);
        require(header.equals(back.header()), "it comes back as " + back);
        require(back.taken() == written.length, "what we have written has a blank line in it");
        require(header.toString().equals(String.valueOf(back.header())), "its fields come back in another order");
    }

    private static void checkShown(byte[] bytes) {
        HeaderReader reader = new HeaderReader(LIMIT);
        try {
            reader.take(ByteBuffer.wrap(bytes));
            reader.end();
        } catch (MalformedHeaderException | HeaderTooLargeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            require(
                    trace.toString().chars().allMatch(c -> !Character.isISOControl(c) || c == '\n' || c == '\t'),
                    "control characters in: " + trace);
            require(String.valueOf(e.getMessage()).length() < 1_000, "a long message: " + e.getMessage());
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
