package org.restream.cli.listen.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.Header;
import org.restream.cli.command.Digest;

/** The cost of recognizing a repeated request: the bytes that are read, and which requests wait for others. */
class OutputCostTest {
    private static final Header HEADER = Header.of("name", "a");
    private static final int REQUESTS = 300;

    @TempDir
    Path dir;

    private final AtomicLong hashed = new AtomicLong();

    private Digest count(Path file) throws IOException {
        hashed.addAndGet(Files.size(file));
        return Digest.of(file);
    }

    private OutputFolder folder() {
        return new OutputFolder(dir, false, this::count, 1_000);
    }

    @Test
    void what_this_process_has_stored_is_not_read_again() throws Exception {
        OutputFolder folder = folder();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(store(folder, "a", body(i)).duplicate()).isFalse();
        }
        assertThat(store(folder, "a", body(REQUESTS / 2)).name()).isEqualTo("a-" + (REQUESTS / 2 + 1));
        assertThat(store(folder, "a", body(REQUESTS / 2)).duplicate()).isTrue();
        assertThat(hashed).hasValue(0);
    }

    @Test
    void what_was_there_before_is_read_once_at_most() throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            Files.writeString(dir.resolve(FileName.numbered("a", i + 1)), body(i));
            Files.writeString(dir.resolve(FileName.numbered("a", i + 1) + ".json"), HEADER + "\n");
        }
        OutputFolder folder = folder();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(store(folder, "a", body(REQUESTS + i)).name()).isEqualTo("a-" + (REQUESTS + i + 1));
        }
        assertThat(store(folder, "a", body(7)).name()).isEqualTo("a-8");
        assertThat(hashed).hasValue((long) REQUESTS * body(0).length());
    }

    @Test
    void another_size_or_header_is_not_read_at_all() throws Exception {
        Files.writeString(dir.resolve("a"), "another size");
        Files.writeString(dir.resolve("a.json"), HEADER + "\n");
        Files.writeString(dir.resolve("a-2"), body(1));
        Files.writeString(dir.resolve("a-2.json"), "{\"name\":\"b\"}\n");
        assertThat(store(folder(), "a", body(1)).name()).isEqualTo("a-3");
        assertThat(hashed).hasValue(0);
    }

    @Test
    void a_file_that_was_changed_is_another_one_and_one_that_was_taken_away_leaves_its_name() throws Exception {
        OutputFolder folder = folder();
        store(folder, "a", "one");
        store(folder, "a", "two");
        Files.writeString(dir.resolve("a"), "ONE");
        Files.setLastModifiedTime(dir.resolve("a"), FileTime.fromMillis(1));
        assertThat(store(folder, "a", "one").name()).isEqualTo("a-3");
        Files.setLastModifiedTime(dir.resolve("a-2"), FileTime.fromMillis(1));
        assertThat(store(folder, "a", "two").name()).isEqualTo("a-2");
        assertThat(hashed).hasValue(6);
        Files.delete(dir.resolve("a"));
        Files.delete(dir.resolve("a.json"));
        assertThat(store(folder, "a", "two").name()).isEqualTo("a");
        assertThat(store(folder, "a", "one").name()).isEqualTo("a-3");
    }

    @Test
    void nobody_waits_while_a_file_is_read_but_who_needs_to_know() throws Exception {
        Files.writeString(dir.resolve("a"), body(1));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        OutputFolder folder = new OutputFolder(
                dir,
                false,
                file -> {
                    reading.countDown();
                    await(mayGoOn);
                    return count(file);
                },
                1_000);
        CompletableFuture<OutputFolder.Stored> first =
                CompletableFuture.supplyAsync(() -> unchecked(folder, "a", body(1)));
        await(reading);
        CompletableFuture<OutputFolder.Stored> second =
                CompletableFuture.supplyAsync(() -> unchecked(folder, "a", body(2)));
        assertThat(store(folder, "b", body(1)).name()).isEqualTo("b");
        assertThat(store(folder, "a", "another size").name()).isEqualTo("a-2");
        mayGoOn.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS).duplicate()).isTrue();
        assertThat(second.get(30, TimeUnit.SECONDS).name()).isEqualTo("a-3");
        assertThat(hashed).hasValue(body(1).length());
    }

    @Test
    void names_that_were_forgotten_are_looked_at_again() throws Exception {
        OutputFolder folder = new OutputFolder(dir, false, this::count, 4);
        for (int i = 0; i < 10; i++) {
            store(folder, "n" + i, "one");
        }
        assertThat(store(folder, "n0", "one").duplicate()).isTrue();
        assertThat(store(folder, "n9", "one").duplicate()).isTrue();
        assertThat(hashed).hasValue(3);
    }

    @Test
    void a_body_that_another_process_is_about_to_give_its_header_is_not_taken_for_ours() throws Exception {
        try (PartFile theirs = PartFile.create(dir)) {
            theirs.write("one".getBytes(UTF_8), 3);
            Files.createLink(dir.resolve("a"), theirs.path());
            assertThat(store(folder(), "a", "one").name()).isEqualTo("a-2");
        }
        Files.delete(dir.resolve("a-2"));
        Files.delete(dir.resolve("a-2.json"));
        assertThat(store(folder(), "a", "one").duplicate()).isTrue();
        assertThat(dir.resolve("a.json")).hasContent(HEADER.toString());
    }

    private static String body(int n) {
        return "body " + (1_000 + n);
    }

    private OutputFolder.Stored unchecked(OutputFolder folder, String name, String body) {
        try {
            return store(folder, name, body);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static OutputFolder.Stored store(OutputFolder folder, String name, String body) throws Exception {
        byte[] bytes = body.getBytes(UTF_8);
        try (PartFile part = folder.newPart()) {
            part.write(bytes, bytes.length);
            return folder.store(part, Digest.of(bytes), HEADER, name);
        }
    }
}
