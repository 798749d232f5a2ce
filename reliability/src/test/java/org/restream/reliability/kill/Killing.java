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
 * The killing of one sender.
 *
 * @param unread whether bytes that it does not read lie in its socket
 * @param mark how many bytes have come to the receiver when it is killed, at least
 * @param nanos how long after that
 */
record Killing(Kind kind, Situation situation, boolean unread, long mark, long nanos) {
    /** Who sends. */
    enum Kind {
        CLIENT,
        SERVER,
        SEND,
        LISTEN
    }

    /** In which it is killed. */
    enum Situation {
        /** It sends, and the receiver reads. */
        FLOWING,
        /** It sends no more, and all of it was read. */
        DRAINED,
        /** It waits in a write, since the receiver reads no more; that goes on when the sender is dead. */
        STUCK
    }

    private static final long ENDLESS = 1L << 40;
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:([0-9]+)");

    /** The n-th of many, all kinds of them, the rest up to chance. */
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

    /** Kills a sender in mid-body. */
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
            // the moment is chance's: what it is to be waited for is over
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

    /** So large that it is never sent whole. */
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

    /** Of the line in which {@code listen} says where it does. */
    static int port(String line) {
        Matcher port = PORT.matcher(line);
        if (!port.find()) {
            throw new AssertionError("no port in: " + line);
        }
        return Integer.parseInt(port.group(1));
    }
}
