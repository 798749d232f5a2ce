package org.restream.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Records which listeners were called, and in which order. */
final class Calls {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<String> calls = new ArrayList<>();

    void add(String call) {
        lock.lock();
        try {
            calls.add(call);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void await(String call) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(30);
        lock.lockInterruptibly();
        try {
            while (!calls.contains(call)) {
                if (left <= 0) {
                    throw new AssertionError("waited in vain for " + call + "; there were " + calls);
                }
                left = added.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    List<String> list() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    void assertExactly(String... expected) {
        assertThat(list()).containsExactly(expected);
    }
}
