package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.internal.concurrent.Threads;

/** A thread that is called does not wait on, also where something else has used up what unparks it. */
@Timeout(30)
class WaiterTest {
    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    /** As a lock does that somebody else has. */
    private static void useUpThePermit() {
        LockSupport.parkNanos(1);
    }

    @Test
    void who_was_called_before_does_not_wait() {
        Waiter waiter = new Waiter();
        Wakes wakes = new Wakes();
        waiter.call(wakes);
        wakes.take().run();
        useUpThePermit();
        waiter.await();
    }

    @Test
    void a_permit_that_means_something_else_ends_no_wait() throws Exception {
        Wakes wakes = new Wakes();
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Waiter[] waiter = new Waiter[1];
        Threads.run("test-waiter", () -> {
            waiter[0] = new Waiter();
            made.countDown();
            LockSupport.unpark(Thread.currentThread());
            waiter[0].await();
            over.countDown();
        });
        assertThat(made.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(over.getCount()).isOne();
        waiter[0].call(wakes);
        wakes.take().run();
        assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void an_interrupt_ends_the_wait() {
        Waiter waiter = new Waiter();
        Thread.currentThread().interrupt();
        waiter.await();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
