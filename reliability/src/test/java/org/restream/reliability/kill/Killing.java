package org.restream.reliability.kill;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.restream.testing.JavaProcess;

/**
 * How one sender is killed.
 *
 * @param unread whether there are unread bytes in its socket
 * @param mark the minimum number of bytes that the receiver has when the sender is killed
 * @param nanos how long after that it is killed
 */
record Killing(Kind kind, Situation situation, boolean unread, long mark, long nanos) {
    /** The kind of sender. */
    enum Kind {
        CLIENT,
        SERVER,
        SEND,
        LISTEN
    }

    /** The situation in which it is killed. */
    enum Situation {
        /** It is sending, and the receiver reads. */
        FLOWING,
        /** It has stopped sending, and everything was read. */
        DRAINED,
        /** It waits in a write, because the receiver has stopped reading, and goes on only after the sender's death. */
        STUCK
    }

    private static final long ENDLESS = 1L << 40;
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");

    /** The n-th of many: the kinds in turn, the rest at random. */
    static Killing random(int n, boolean commands, SplittableRandom random) {
        Situation situation = Situation.values()[n % 3];
        return new Killing(
                Kind.values()[n % (commands ? 4 : 2)],
                situation,
                n / 12 % 2 == 0,
                random.nextLong(1, situation == Situation.DRAINED ? 100_000 : 3_000_000),
                random.nextLong(1, 3_000_000));
    }

    private Plan plan() {
        boolean listens = kind == Kind.LISTEN;
        boolean drained = situation == Situation.DRAINED;
        int said = listens && drained ? (int) mark : unread ? 1_000 : 0;
        return new Plan(mark, situation == Situation.STUCK, said, listens && !drained);
    }

    /** Kills a sender inside a body. */
    Ending run(Receiver receiver, SenderPool senders, Path folder) throws Exception {
        Receiver.Reception reception = null;
        if (kind == Kind.CLIENT || kind == Kind.SEND) {
            reception = receiver.next(plan());
        }
        try (JavaProcess sender = sender(receiver, senders, folder)) {
            if (reception == null) {
                reception = receiver.connect(port(sender), plan());
            }
            reception.awaitMark();
            // a random moment: there is no event to wait for
            LockSupport.parkNanos(nanos);
            sender.kill();
            if (situation == Situation.STUCK) {
                reception.goOn();
            }
            return reception.ending();
        }
    }

    private JavaProcess sender(Receiver receiver, SenderPool senders, Path folder) throws Exception {
        boolean drained = situation == Situation.DRAINED;
        long length = drained ? mark : ENDLESS;
        return switch (kind) {
            case CLIENT -> senders.take(receiver.port(), length, "no-end");
            case SERVER -> senders.take(0, length, "no-end");
            case LISTEN -> JavaProcess.command("listen", "--port=0", "--echo");
            case SEND -> {
                JavaProcess send =
                        JavaProcess.command("send", "-s", "127.0.0.1:" + receiver.port(), drained ? "-" : file(folder));
                if (drained) {
                    send.say("s".repeat((int) mark));
                }
                yield send;
            }
        };
    }

    /** A file so large that it is never sent completely. */
    private static Path file(Path folder) throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(ENDLESS);
        }
        return file;
    }

    private int port(JavaProcess sender) throws IOException {
        return kind == Kind.SERVER ? Integer.parseInt(sender.line()) : port(sender.line());
    }

    /** The port in the line in which {@code listen} reports its address. */
    static int port(String line) {
        Matcher port = PORT.matcher(line);
        if (!port.find()) {
            throw new AssertionError("no port in: " + line);
        }
        return Integer.parseInt(port.group(1));
    }
}
