package org.restream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Counts the library's descriptors and platform threads before a test; there must not be more after it. */
public final class Leftovers {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path UNIX = Path.of("/proc/self/net/unix");

    private final int descriptors = sockets();
    private final int threads = threads().size();

    /** Waits until no more are left than before, because some end asynchronously. */
    public void areGone() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(threads()).hasSizeLessThanOrEqualTo(threads);
            assertThat(sockets()).as("open sockets").isLessThanOrEqualTo(descriptors);
        });
    }

    /** Waits until the timer thread has ended, which it does when there are no deadlines in this JVM. */
    public static void timersAreGone() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .doesNotContain("restream-timer"));
    }

    /** The platform threads. Leaks of virtual threads show as sockets, or in what the test itself counts. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                // the timer thread stays for a second
                .filter(name -> name.startsWith("restream-") && !name.equals("restream-timer"))
                .toList();
    }

    /** The number of network sockets only, because the JDK opens and closes other files for itself. */
    private static int sockets() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            List<String> targets = open.map(Leftovers::target).toList();
            String local = Files.readString(UNIX);
            return (int) targets.stream()
                    .filter(target -> target.startsWith("socket:["))
                    .filter(target -> !local.contains(' ' + target.replaceAll("[^0-9]", "") + '\n'))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed since";
        }
    }
}
