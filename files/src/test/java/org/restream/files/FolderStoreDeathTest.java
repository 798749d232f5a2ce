package org.restream.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that dies at each step, and the next one that goes on. */
class FolderStoreDeathTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    /** Sends what is missing of {@code abc}, a byte at a time, and ends it. */
    private static UploadResult send(FolderStore store) throws Exception {
        UploadStore.Part part = store.open(Ids.request(1, "x", 3));
        if (part.result().isPresent()) {
            return part.result().get();
        }
        for (long at = part.have(); at < 3; at++) {
            part.write(ByteBuffer.wrap("abc".substring((int) at, (int) at + 1).getBytes(UTF_8)));
            assertThat(part.sync()).isTrue();
        }
        return part.finish(ABC).orElseThrow();
    }

    private void die(FaultyDisk disk) throws Exception {
        FolderStore store = FolderStore.at(folder).disk(disk).open();
        assertThatThrownBy(() -> send(store)).isInstanceOf(FaultyDisk.Death.class);
        try {
            store.close();
        } catch (FaultyDisk.Death e) {
            // the system closes what it has open
            return;
        }
    }

    static IntStream steps() {
        return IntStream.range(0, 19);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void wherever_it_dies_the_next_one_ends_it_and_the_file_is_there_once(int step) throws Exception {
        FaultyDisk dying = new FaultyDisk(step);
        die(dying);
        dying.crash();
        try (FolderStore next = FolderStore.at(folder).open()) {
            assertThat(send(next)).isEqualTo(new UploadResult("x", 3, ABC));
            assertThat(send(next)).isEqualTo(new UploadResult("x", 3, ABC));
        }
        assertThat(Receiving.names(folder)).containsExactly("x");
        assertThat(folder.resolve("x")).hasContent("abc");
        assertThat(Receiving.parts(folder)).isEmpty();
    }

    @Test
    void these_are_all_its_steps() throws Exception {
        FaultyDisk alive = new FaultyDisk(Integer.MAX_VALUE);
        try (FolderStore store = FolderStore.at(folder).disk(alive).open()) {
            send(store);
        }
        assertThat(steps().count())
                .as("%s", alive.steps())
                .isEqualTo(alive.steps().size());
        assertThat(alive.steps()).endsWith("sync", "replace", "syncFolder", "replace", "syncFolder", "delete");
    }

    @Test
    void nobody_writes_to_a_file_that_has_its_name() throws Exception {
        FaultyDisk dying = new FaultyDisk((int) steps().count() - 1);
        die(dying);
        try (FolderStore next = FolderStore.at(folder).open()) {
            UploadStore.Part again = next.open(Ids.request(1, "x", 3));
            assertThat(again.result()).isPresent();
            assertThatThrownBy(() -> again.write(ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
        }
        assertThat(folder.resolve("x")).hasContent("abc");
    }

    @Test
    void what_the_disk_did_not_sync_counts_for_nothing() throws Exception {
        FaultyDisk disk = new FaultyDisk(Integer.MAX_VALUE);
        try (FolderStore store = FolderStore.at(folder).disk(disk).open()) {
            UploadStore.Part part = store.open(Ids.request(1, "x", 3));
            part.write(ByteBuffer.wrap("ab".getBytes(UTF_8)));
            assertThat(part.sync()).isTrue();
            disk.fill(new IOException("No space left on device"));
            assertThatThrownBy(() -> part.write(ByteBuffer.allocate(1))).hasMessageContaining("No space");
            part.close();
            disk.fill(null);
            try (UploadStore.Part again = store.open(Ids.request(1, "x", 3))) {
                assertThat(again.have()).isEqualTo(2);
            }
        }
    }
}
