package org.restream.internal.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.text.SafeText;

/**
 * Tries the addresses of a name as RFC 8305 describes ("happy eyeballs"): the next one after a delay, or at once when
 * one has failed. The first connection wins, and the others are closed.
 */
final class AddressRace {
    /** The Connection Attempt Delay of RFC 8305, section 5. */
    static final Duration DELAY = Duration.ofMillis(250);

    /** Connects to one address; an interrupt ends it. */
    interface Dialer {
        TcpConnection dial(InetAddress address) throws IOException;
    }

    private record Finish(
            @Nullable TcpConnection connection, @Nullable IOException error) {}

    private final Dialer dialer;
    private final LinkedBlockingQueue<Finish> finishes = new LinkedBlockingQueue<>();
    private final List<Thread> runners = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();

    private AddressRace(Dialer dialer) {
        this.dialer = dialer;
    }

    static TcpConnection first(List<InetAddress> addresses, Duration delay, Deadline deadline, Dialer dialer)
            throws IOException, InterruptedException {
        if (addresses.size() == 1) {
            return dialer.dial(addresses.get(0));
        }
        AddressRace race = new AddressRace(dialer);
        try {
            return race.run(addresses, delay, deadline);
        } finally {
            race.over.set(true);
            race.runners.forEach(Thread::interrupt);
            // a second connection may have been made before its thread could see that the race is over
            race.closeAll();
        }
    }

    private TcpConnection run(List<InetAddress> addresses, Duration delay, Deadline deadline)
            throws IOException, InterruptedException {
        IOException failure = null;
        int failed = 0;
        while (failed < addresses.size()) {
            boolean more = runners.size() < addresses.size();
            if (more) {
                InetAddress address = addresses.get(runners.size());
                runners.add(Threads.start("restream-connect-" + address.getHostAddress(), () -> dial(address)));
                more = runners.size() < addresses.size();
            }
            long left = deadline.remaining().toNanos();
            Finish finish = finishes.poll(more ? Math.min(left, delay.toNanos()) : left, TimeUnit.NANOSECONDS);
            if (finish != null && finish.connection != null) {
                return finish.connection;
            }
            if (finish != null) {
                failed++;
                failure = join(failure, finish.error);
            } else if (deadline.isOver()) {
                throw join(failure, new SocketTimeoutException("no connection in time to any of " + addresses));
            }
        }
        throw failure == null ? new IOException("no address") : failure;
    }

    private void dial(InetAddress address) {
        try {
            finishes.add(new Finish(dialer.dial(address), null));
        } catch (IOException e) {
            finishes.add(new Finish(null, e));
        } catch (RuntimeException | Error e) {
            // no file descriptors or memory left, say
            finishes.add(new Finish(null, new IOException(SafeText.of(e), e)));
        }
        if (over.get()) {
            closeAll();
        }
    }

    private void closeAll() {
        for (Finish late = finishes.poll(); late != null; late = finishes.poll()) {
            if (late.connection != null) {
                late.connection.abort();
            }
        }
    }

    private static IOException join(@Nullable IOException first, @Nullable IOException next) {
        if (first == null) {
            return next == null ? new IOException("no cause") : next;
        }
        if (next != null) {
            first.addSuppressed(next);
        }
        return first;
    }
}
