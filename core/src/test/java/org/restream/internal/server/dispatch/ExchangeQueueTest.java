package org.restream.internal.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.restream.internal.concurrent.Threads;
import org.restream.internal.concurrent.Timer;
import org.restream.testing.ManualTimer;

/** Which thread runs which exchange of a session. The threads are run by the test, one after the other. */
class ExchangeQueueTest {
    /** After two of them an exchange goes on for too long. */
    private static final Duration TICK = QueueTicks.TICK;

    private final ManualTimer timer = new ManualTimer();
    private final Queue<Runnable> threads = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private boolean noThreads;
    private final ExchangeQueue queue = new ExchangeQueue(
            this::start, () -> events.add("hold"), () -> events.add("release"), new QueueTicks(timer));

    private void start(Runnable work) {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        threads.add(work);
    }

    private record Exchange(List<String> events, String name, Work work) implements QueuedExchange {
        @Override
        public void run(Runnable waits) {
            events.add(name);
            work.run(waits);
        }

        @Override
        public void refuse() {
            events.add("no " + name);
        }
    }

    private interface Work {
        void run(Runnable waits);
    }

    private void add(String name) {
        add(name, waits -> {});
    }

    private void add(String name, Work work) {
        queue.add(new Exchange(events, name, work));
    }

    private void runThread() {
        threads.remove().run();
    }

    @Test
    void one_thread_runs_short_ones_in_order_and_their_answers_go_out_together() {
        add("1");
        add("2");
        add("3");
        assertThat(threads).hasSize(1);
        runThread();
        assertThat(events).containsExactly("hold", "1", "2", "3", "release");
        add("4");
        runThread();
        assertThat(events.subList(5, events.size())).containsExactly("4");
        assertThat(threads).isEmpty();
    }

    @Test
    void an_answer_does_not_wait_for_more_than_so_many_others() {
        for (int i = 0; i < 200; i++) {
            add("" + i);
        }
        runThread();
        assertThat(events).hasSize(200 + 2 * 4);
        assertThat(events.indexOf("release")).isEqualTo(65);
    }

    @Test
    void one_that_waits_for_its_client_leaves_the_others_to_another_thread() {
        add("1", waits -> {
            waits.run();
            assertThat(events).containsExactly("hold", "1", "release");
            runThread();
            events.add("end of 1");
        });
        add("2");
        add("3");
        runThread();
        assertThat(events).containsExactly("hold", "1", "release", "hold", "2", "3", "release", "end of 1");
        assertThat(threads).isEmpty();
    }

    @Test
    void one_that_takes_long_leaves_the_others_to_another_thread_and_the_next_get_their_own() {
        add("1", waits -> {
            timer.advance(TICK);
            assertThat(threads).isEmpty();
            timer.advance(TICK);
            runThread();
            events.add("end of 1");
            add("3");
            add("4");
            assertThat(threads).hasSize(2);
        });
        add("2");
        runThread();
        assertThat(events).containsExactly("hold", "1", "release", "2", "end of 1");
        runThread();
        runThread();
        timer.advance(Duration.ofSeconds(1));
        add("5");
        add("6");
        assertThat(threads).hasSize(1);
    }

    /** They may wait for each other. */
    @Test
    void behind_one_that_takes_long_each_gets_a_thread_of_its_own() {
        add("1", waits -> {
            timer.advance(TICK.multipliedBy(2));
            assertThat(threads).hasSize(3);
            runThread();
            runThread();
            runThread();
            events.add("end of 1");
        });
        add("2");
        add("3");
        add("4");
        runThread();
        assertThat(events).containsExactly("hold", "1", "release", "2", "3", "4", "end of 1");
    }

    /** The one that comes while another runs is the first that has to be looked after. */
    @Test
    void one_that_comes_later_does_not_wait_for_long_either() {
        add("1", waits -> {
            add("2");
            timer.advance(TICK.multipliedBy(2));
            runThread();
            events.add("end of 1");
        });
        runThread();
        assertThat(events).containsExactly("1", "2", "end of 1");
    }

    @Test
    void a_long_row_of_short_ones_gets_another_thread() {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        for (int i = 0; i < 10; i++) {
            add("" + i, waits -> timer.advance(Duration.ofNanos(50_000)));
        }
        threads.remove().run();
        assertThat(threads).isNotEmpty();
        assertThat(events).hasSize(12);
    }

    /** One may always help, whatever became of those before. */
    @Test
    void one_that_helps_and_waits_for_its_client_is_replaced() {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        Work takesLong = waits -> timer.advance(Duration.ofNanos(300_000));
        add("1", takesLong);
        add("2", waits -> {
            // the one that helps, which takes the third
            runThread();
            takesLong.run(waits);
        });
        add("3", Runnable::run);
        add("4");
        runThread();
        assertThat(events).containsExactly("hold", "1", "2", "3", "4", "release");
        assertThat(threads).hasSize(1);
        runThread();
    }

    @Test
    void without_a_thread_all_that_wait_are_refused_and_later_ones_are_not() {
        add("1", waits -> {
            noThreads = true;
            waits.run();
            noThreads = false;
        });
        add("2");
        add("3");
        runThread();
        assertThat(events).containsExactly("hold", "1", "no 2", "no 3", "release");
        noThreads = true;
        add("4");
        queue.addAlone(new Exchange(events, "5", waits -> {}));
        noThreads = false;
        add("6");
        runThread();
        assertThat(events.subList(5, events.size())).containsExactly("no 4", "no 5", "6");
    }

    /** With real threads and a real clock, each is run once, whatever it does. */
    @Test
    void each_is_run_once() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("ExchangeQueueTest.each_is_run_once: seed " + seed);
        int each = 5_000;
        int adders = 4;
        AtomicIntegerArray runs = new AtomicIntegerArray(adders * each);
        CountDownLatch over = new CountDownLatch(adders * each);
        ExchangeQueue real = new ExchangeQueue(
                work -> Threads.run("test-exchange", work), () -> {}, () -> {}, new QueueTicks(Timer.system()));
        for (int a = 0; a < adders; a++) {
            int first = a * each;
            Random random = new Random(seed + a);
            Threads.run("test-adder", () -> {
                for (int i = first; i < first + each; i++) {
                    int number = i;
                    int kind = random.nextInt(20);
                    real.add(new Exchange(new ArrayList<>(), "", waits -> {
                        if (kind == 0) {
                            waits.run();
                        } else if (kind == 1) {
                            // for others
                            LockSupport.parkNanos(1);
                        }
                        runs.incrementAndGet(number);
                        over.countDown();
                    }));
                }
            });
        }
        assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < runs.length(); i++) {
            assertThat(runs.get(i)).isOne();
        }
    }

    /** Many sessions have one timer. */
    @Test
    void queues_are_looked_after_together() {
        QueueTicks ticks = new QueueTicks(timer);
        List<String> looked = new ArrayList<>();
        ticks.next(() -> {
            looked.add("1");
            ticks.next(() -> looked.add("1 again"));
        });
        ticks.next(() -> looked.add("2"));
        assertThat(timer.pending()).isOne();
        timer.advance(TICK);
        assertThat(looked).containsExactly("1", "2");
        assertThat(timer.pending()).isOne();
        timer.advance(TICK);
        assertThat(looked).containsExactly("1", "2", "1 again");
        assertThat(timer.pending()).isZero();
    }
}
