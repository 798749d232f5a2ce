package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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

    /** The bytes come between the moment when the reader is known to wait and the one when it does. */
    @Test
    void a_read_returns_what_comes_in_the_moment_before_it_waits() throws Exception {
        try (SessionPair pair = new SessionPair(1024)) {
            CountDownLatch written = new CountDownLatch(1);
            SessionLink reader = pair.server().link();
            reader.onWait(() -> {
                written.countDown();
                // until it is called, which uses up the permit
                LockSupport.park();
            });
            Threads.run("test-writer", () -> {
                try {
                    assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
                    pair.client().write(ByteBuffer.wrap(new byte[3]));
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(reader.read(ByteBuffer.allocate(10))).isEqualTo(3);
        }
    }
}
