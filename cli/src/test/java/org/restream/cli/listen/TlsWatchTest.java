package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a check of the files throws, the next check runs. */
class TlsWatchTest {
    private final BlockingQueue<Integer> looks = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> told = new ArrayList<>();

    private void look(Throwable thrown) {
        looks.add(count.incrementAndGet());
        TlsWatchTest.<RuntimeException>doThrow(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void doThrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private void awaitLooks(int wanted) throws InterruptedException {
        for (int i = 1; i <= wanted; i++) {
            assertThat(looks.poll(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
    void it_goes_on_and_tells_the_same_trouble_once(Class<? extends Throwable> kind) throws Exception {
        Throwable thrown = kind.getConstructor(String.class).newInstance("a bug");
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        try (AutoCloseable watch = TlsWatch.start(() -> look(thrown), said::add, Duration.ofMillis(1))) {
            assertThat(watch).isNotNull();
            awaitLooks(5);
        }
        assertThat(said).containsExactly("the certificate files can't be checked: " + thrown);
    }

    @Test
    void it_goes_on_where_nobody_can_be_told() throws Exception {
        Consumer<String> deaf = line -> {
            told.add(line);
            throw new IllegalStateException("another bug");
        };
        try (AutoCloseable watch = TlsWatch.start(() -> look(new Error("a bug")), deaf, Duration.ofMillis(1))) {
            assertThat(watch).isNotNull();
            awaitLooks(5);
        }
    }
}
