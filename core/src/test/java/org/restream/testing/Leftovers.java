package org.restream.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What of the library's is there before a test and must not be more after it: descriptors and platform threads. */
public final class Leftovers {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Path UNIX = Path.of("/proc/self/net/unix");

    private final int descriptors = sockets();
    private final int threads = threads().size();

    /** Ends come about asynchronously: waits until nothing more is left. */
    public void areGone() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(threads()).hasSizeLessThanOrEqualTo(threads);
            assertThat(sockets()).as("open sockets").isLessThanOrEqualTo(descriptors);
        });
    }

    /** No deadline waits any more, in all of this JVM: the thread of all timers ends then. */
    public static void timersAreGone() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .doesNotContain("restream-timer"));
    }

    /** Virtual threads are not in this list: their leaks show as sockets, or in what the test counts itself. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                // all timers' one, which stays for a second
                .filter(name -> name.startsWith("restream-") && !name.equals("restream-timer"))
                .toList();
    }

    /** Only sockets of a network: class files, and what the JDK keeps for itself, come and go. */
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
