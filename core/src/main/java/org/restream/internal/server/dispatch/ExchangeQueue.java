package org.restream.internal.server.dispatch;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.restream.internal.concurrent.Threads;

/**
 * The exchanges of one session that are to be run. While each is over soon, one thread runs them one after the other: to wake a
 * thread for each costs more than a short exchange, and so do several processors that share the session. Whoever would keep others
 * waiting leaves what waits to another thread.
 */
public final class ExchangeQueue {
    /** After so long another thread takes what waits, too. */
    private static final long LONG_NANOS = 200_000;
    /** So many answers go out together, where more follow. */
    private static final int TOGETHER = 64;

    private static final int MAX_HELPERS = Runtime.getRuntime().availableProcessors() - 1;

    private final Consumer<Runnable> threads;
    private final Runnable hold;
    private final Runnable release;
    private final QueueTicks ticks;
    private final Runnable looking = this::look;
    private final ConcurrentLinkedQueue<QueuedExchange> waiting = new ConcurrentLinkedQueue<>();
    /** Takes what waits; null where nothing does. */
    private final AtomicReference<@Nullable Runner> current = new AtomicReference<>();

    private final AtomicInteger helpers = new AtomicInteger();
    private final AtomicBoolean ticking = new AtomicBoolean();

    /**
     * @param threads runs work on a thread; throws where none can be made
     * @param hold has what the session has to send wait for more
     * @param release has it sent
     */
    public ExchangeQueue(Consumer<Runnable> threads, Runnable hold, Runnable release, QueueTicks ticks) {
        this.threads = threads;
        this.hold = hold;
        this.release = release;
        this.ticks = ticks;
    }

    /** Has it run soon. */
    public void add(QueuedExchange exchange) {
        if (!ticks.budget().isKept()) {
            addAlone(exchange);
            return;
        }
        waiting.add(exchange);
        if (current.get() != null || !startNext()) {
            tick();
        }
    }

    /** Has it run on a thread that does nothing else. */
    public void addAlone(QueuedExchange exchange) {
        if (!start(() -> exchange.run(() -> {}))) {
            exchange.refuse();
        }
    }

    /** What waits gets another thread; or each its own, where the one before took long: the next ones may do so, too. */
    private void goOn() {
        if (!ticks.budget().isKept()) {
            eachThatWaits(this::addAlone);
        } else if (!waiting.isEmpty()) {
            boolean unused = startNext();
        }
    }

    /** Returns false where there is a runner already. */
    private boolean startNext() {
        Runner next = new Runner();
        boolean mine = current.compareAndSet(null, next);
        if (mine && !start(next)) {
            current.set(null);
            eachThatWaits(QueuedExchange::refuse);
        }
        return mine;
    }

    private void eachThatWaits(Consumer<QueuedExchange> what) {
        for (QueuedExchange each = waiting.poll(); each != null; each = waiting.poll()) {
            what.accept(each);
        }
    }

    private boolean start(Runnable work) {
        try {
            threads.accept(work);
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    /** Looks now and then, as long as exchanges wait, whether the one before them goes on for long. */
    private void tick() {
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            ticks.next(looking);
        }
    }

    private void look() {
        ticking.set(false);
        Runner runner = current.get();
        if (runner != null) {
            if (runner.hasNotMoved()) {
                ticks.budget().exceed();
                runner.leave();
            }
            tick();
        }
    }

    /** A thread that runs what waits. */
    private final class Runner implements Runnable {
        private final Runnable leaving = this::leave;
        private volatile long count;
        private long countBefore = -1; // the timer's own
        /** Seen by whoever has it leave, or that is seen by it. */
        private volatile boolean holds;

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // nobody else changes it
        public void run() {
            long began = ticks.nanoTime();
            try {
                QueuedExchange exchange = next();
                while (exchange != null) {
                    boolean more = !waiting.isEmpty();
                    long before = more ? ticks.nanoTime() : 0;
                    if (more) {
                        othersWait();
                    }
                    exchange.run(leaving);
                    count++;
                    if (holds && (count % TOGETHER == 0 || waiting.isEmpty())) {
                        release();
                    }
                    if (more) {
                        long now = ticks.nanoTime();
                        if (!ticks.budget().allows(now - before)) {
                            leave();
                        } else if (now - began > LONG_NANOS) {
                            began = now;
                            help();
                        }
                    }
                    exchange = next();
                }
            } finally {
                leave();
            }
        }

        private @Nullable QueuedExchange next() {
            Threads.clean();
            return current.get() == this ? waiting.poll() : null;
        }

        private void othersWait() {
            tick();
            if (!holds) {
                holds = true;
                hold.run();
                if (current.get() != this) {
                    release();
                }
            }
        }

        private void release() {
            holds = false;
            release.run();
        }

        /** Something else may take long from here on: what waits gets another thread. Any thread may call this. */
        private void leave() {
            if (current.compareAndSet(this, null)) {
                goOn();
            }
            if (holds) {
                release();
            }
        }

        /** Whether it runs the same exchange as when it was asked last. */
        private boolean hasNotMoved() {
            long now = count;
            boolean same = now == countBefore;
            countBefore = now;
            return same;
        }
    }

    /** What waits is taken by one more thread. */
    private void help() {
        if (helpers.incrementAndGet() > MAX_HELPERS || waiting.isEmpty() || !start(new Helper())) {
            helpers.decrementAndGet();
        }
    }

    /** A thread that takes a part of what waits, as long as none of it waits for its client. */
    private final class Helper implements Runnable {
        private final Runnable leaving = this::leave;
        private final AtomicBoolean helps = new AtomicBoolean(true);

        @Override
        public void run() {
            long began = ticks.nanoTime();
            try {
                for (QueuedExchange each = next(); each != null; each = next()) {
                    each.run(leaving);
                    long now = ticks.nanoTime();
                    if (now - began > LONG_NANOS) {
                        began = now;
                        help();
                    }
                }
            } finally {
                leave();
            }
        }

        private @Nullable QueuedExchange next() {
            Threads.clean();
            return helps.get() ? waiting.poll() : null;
        }

        /** Another may help in its place. Any thread may call this. */
        private void leave() {
            if (helps.compareAndSet(true, false)) {
                helpers.decrementAndGet();
            }
        }
    }
}
