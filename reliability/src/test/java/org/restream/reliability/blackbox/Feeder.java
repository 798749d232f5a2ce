package org.restream.reliability.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A producer that writes a file to a process's stdin, in pieces, with pauses. */
final class Feeder {
    private final Plan plan;
    private final InputStream in;
    private final OutputStream out;
    private final Counter counter;
    private final SplittableRandom random;

    private Feeder(Plan plan, Path file, OutputStream out, Counter counter) throws IOException {
        this.plan = plan;
        this.in = Files.newInputStream(file);
        this.out = out;
        this.counter = counter;
        this.random = new SplittableRandom(plan.seed());
    }

    /**
     * Starts a producer.
     *
     * @param counter counts its bytes
     */
    static void start(Plan plan, Path file, OutputStream out, Counter counter) throws IOException {
        Later.start(new Feeder(plan, file, out, counter)::pieces);
    }

    /** Writes pieces until the next pause, during which it uses no thread. */
    private void pieces() {
        try {
            long pause;
            do {
                byte[] piece = in.readNBytes(length());
                if (piece.length == 0) {
                    end();
                    return;
                }
                out.write(piece);
                out.flush();
                counter.add(piece.length);
                pause = pause();
            } while (pause == 0);
            Later.startAfter(pause, this::pieces);
        } catch (IOException e) {
            // the reader has gone, which others judge
            end();
        }
    }

    private int length() {
        return switch (plan.source()) {
            case BYTES -> 1;
            case BURSTS -> random.nextInt(1, 300_000);
            case STALL -> (int) Math.max(1, (plan.number("size") + 1) / 2);
            default -> plan.count("piece");
        };
    }

    private long pause() {
        return plan.source() == Source.BURSTS ? Math.max(0, random.nextLong(-30, 40)) : plan.number("pause");
    }

    private void end() {
        try (in) {
            out.close();
        } catch (IOException e) {
            // as above
        }
    }
}
