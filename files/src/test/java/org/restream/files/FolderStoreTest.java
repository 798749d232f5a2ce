package org.restream.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Refusal;

/** What a folder keeps of uploads, and for how long. */
class FolderStoreTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private FolderStore open() throws IOException {
        return open(store -> store);
    }

    private FolderStore open(UnaryOperator<FolderStoreBuilder> options) throws IOException {
        return options.apply(FolderStore.at(folder).clock(clock)).open();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    @Test
    void what_is_synced_is_there_for_the_next_process() throws Exception {
        try (FolderStore store = open()) {
            UploadStore.Part part = store.open(Ids.request(1, "x", 10));
            part.write(bytes("abc"));
            assertThat(part.sync()).isTrue();
            part.write(bytes("de"));
            // no close: the process is killed
            try (FolderStore next = open();
                    UploadStore.Part again = next.open(Ids.request(1, "x", 10))) {
                assertThat(again.have()).isEqualTo(3);
                assertThat(again.read(0).readAllBytes()).asString().isEqualTo("abc");
            }
        }
    }

    @Test
    void a_part_that_is_closed_keeps_all_that_was_written() throws Exception {
        try (FolderStore store = open()) {
            try (UploadStore.Part part = store.open(Ids.request(1, "x", 10))) {
                part.write(bytes("abcde"));
            }
            try (UploadStore.Part again = store.open(Ids.request(1, "x", 10))) {
                assertThat(again.have()).isEqualTo(5);
            }
        }
    }

    @Test
    void of_two_stores_the_one_that_opened_last_has_the_upload() throws Exception {
        try (FolderStore one = open();
                FolderStore other = open();
                UploadStore.Part old = one.open(Ids.request(1, "x", 6))) {
            old.write(bytes("abc"));
            assertThat(old.sync()).isTrue();
            try (UploadStore.Part now = other.open(Ids.request(1, "x", 6))) {
                assertThat(now.have()).isEqualTo(3);
                old.write(bytes("XYZ"));
                assertThat(old.sync()).isFalse();
                assertThat(old.finish(ABC)).isEmpty();
                assertThat(now.sync()).isTrue();
            }
        }
    }

    @Test
    void what_the_older_one_has_written_meanwhile_is_not_in_the_file() throws Exception {
        try (FolderStore one = open();
                FolderStore other = open();
                UploadStore.Part old = one.open(Ids.request(1, "x", -1));
                UploadStore.Part now = other.open(Ids.request(1, "x", -1))) {
            old.write(bytes("more than it is to have"));
            now.write(bytes("abc"));
            assertThat(now.finish(ABC)).contains(new UploadResult("x", 3, ABC));
            assertThat(folder.resolve("x")).hasContent("abc");
        }
    }

    @Test
    void a_whole_upload_is_remembered_by_its_id() throws Exception {
        try (FolderStore store = open()) {
            UploadResult result;
            try (UploadStore.Part part = store.open(Ids.request(1, "x", 3))) {
                part.write(bytes("abc"));
                result = part.finish(ABC).orElseThrow();
            }
            assertThat(result).isEqualTo(new UploadResult("x", 3, ABC));
            try (UploadStore.Part again = store.open(Ids.request(1, "x", 3))) {
                assertThat(again.result()).contains(result);
            }
            assertThat(Receiving.names(folder)).containsExactly("x");
            assertThat(Receiving.parts(folder)).isEmpty();
        }
    }

    @Test
    void an_upload_of_which_nothing_has_come_leaves_nothing() throws Exception {
        try (FolderStore store = open()) {
            store.open(Ids.request(1, "x", 3)).close();
            assertThat(folder.resolve(".restream/uploads").resolve(Ids.of(1) + ".json"))
                    .doesNotExist();
            assertThat(Receiving.parts(folder)).isEmpty();
        }
    }

    @Test
    void the_size_can_not_change() throws Exception {
        try (FolderStore store = open()) {
            try (UploadStore.Part part = store.open(Ids.request(1, "x", 3))) {
                part.write(bytes("a"));
            }
            assertThatThrownBy(() -> store.open(Ids.request(1, "x", 4)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("the size is not as before: 3 bytes, now 4 bytes");
        }
    }

    @Test
    void another_client_can_not_go_on() throws Exception {
        try (FolderStore store = open()) {
            UploadStore.Request mine = new UploadStore.Request(Ids.of(1), Header.of(), 3, "my key");
            try (UploadStore.Part part = store.open(mine)) {
                part.write(bytes("a"));
            }
            assertThatThrownBy(() -> store.open(new UploadStore.Request(Ids.of(1), Header.of(), 3, "another key")))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("another client's");
            assertThatThrownBy(() -> store.open(new UploadStore.Request(Ids.of(1), Header.of(), 3, null)))
                    .isInstanceOf(Refusal.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../../../../etc/passwd",
                "AAAAAAAAAAAAAAAAAAAA/A",
                "AAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAA.",
                "AAAAAAAAAAAAAAAAAAAAA\n",
                "ÄAAAAAAAAAAAAAAAAAAAAA"
            })
    void what_is_no_id_is_refused(String id) throws Exception {
        try (FolderStore store = open()) {
            assertThatThrownBy(() -> store.open(new UploadStore.Request(id, Header.of(), 3, null)))
                    .isInstanceOf(Refusal.class);
        }
    }

    @Test
    void ids_are_128_random_bits() {
        assertThat(UploadId.random())
                .satisfies(id -> assertThat(UploadId.is(id)).isTrue());
        assertThat(UploadId.random()).isNotEqualTo(UploadId.random());
    }

    @Test
    void an_old_upload_is_removed_and_a_newer_one_stays() throws Exception {
        try (FolderStore store = open(options -> options.keep(Duration.ofHours(1)))) {
            begin(store, 1, "a");
            clock.pass(Duration.ofMinutes(40));
            begin(store, 2, "b");
            clock.pass(Duration.ofMinutes(40));
            store.clean();
            assertThat(store.record(Ids.of(1))).isNull();
            assertThat(store.record(Ids.of(2))).isNotNull();
            assertThat(Receiving.parts(folder)).hasSize(1);
        }
    }

    private static void begin(FolderStore store, int id, String text) throws Exception {
        try (UploadStore.Part part = store.open(Ids.request(id, "x" + id, 100))) {
            part.write(bytes(text));
        }
    }

    @Test
    void one_that_is_expired_begins_anew_also_where_nobody_has_cleaned_yet() throws Exception {
        try (FolderStore store = open(options -> options.keep(Duration.ofHours(1)))) {
            begin(store, 1, "abc");
            clock.pass(Duration.ofHours(2));
            try (UploadStore.Part again = store.open(Ids.request(1, "x", 50))) {
                assertThat(again.have()).isZero();
            }
        }
    }

    @Test
    void what_is_under_way_is_never_removed_not_by_another_process_either() throws Exception {
        try (FolderStore store = open(options -> options.keep(Duration.ofHours(1)));
                FolderStore other =
                        open(options -> options.keep(Duration.ofHours(1)).maxBytes(1));
                UploadStore.Part part = store.open(Ids.request(1, "x", 10))) {
            part.write(bytes("abc"));
            part.sync();
            clock.pass(Duration.ofMinutes(50));
            store.clean();
            clock.pass(Duration.ofMinutes(50));
            store.clean();
            other.clean();
            assertThat(store.record(Ids.of(1))).isNotNull();
        }
    }

    @Test
    void where_there_is_too_much_the_oldest_is_removed_first() throws Exception {
        try (FolderStore store = open()) {
            for (int id = 1; id <= 3; id++) {
                begin(store, id, "0123456789");
                clock.pass(Duration.ofHours(3));
            }
        }
        try (FolderStore store = open(options -> options.maxBytes(15))) {
            store.clean();
            assertThat(store.record(Ids.of(1))).isNull();
            assertThat(store.record(Ids.of(2))).isNull();
            assertThat(store.record(Ids.of(3))).isNotNull();
        }
    }

    @Test
    void what_does_not_fit_is_refused_before_anything_of_it_is_stored() throws Exception {
        try (FolderStore store = open(options -> options.maxBytes(100))) {
            UploadStore.Part first = store.open(Ids.request(1, "x", 60));
            assertThatThrownBy(() -> store.open(Ids.request(2, "y", 41)))
                    .isInstanceOfSatisfying(
                            Refusal.class, no -> assertThat(no.retryAfter()).isPresent())
                    .hasMessageContaining("uploads may take 100 bytes in all");
            store.open(Ids.request(2, "y", 40)).close();
            first.close();
        }
        try (FolderStore store = open()) {
            assertThatThrownBy(() -> store.open(Ids.request(3, "z", 1L << 62)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("it needs 4611686018427387904 bytes");
        }
    }

    @Test
    void one_that_does_not_say_its_size_can_not_grow_beyond_the_limit() throws Exception {
        try (FolderStore store = open(options -> options.maxBytes(4));
                UploadStore.Part part = store.open(new UploadStore.Request(Ids.of(1), Header.of(), -1, null))) {
            part.write(bytes("abcde"));
            assertThatThrownBy(part::sync).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void more_than_so_many_uploads_are_refused() throws Exception {
        try (FolderStore store = open(options -> options.maxParts(3))) {
            for (int id = 1; id <= 3; id++) {
                begin(store, id, "x");
            }
            assertThatThrownBy(() -> begin(store, 4, "x"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("3 uploads are under way or kept");
            begin(store, 3, "y");
        }
    }

    @Test
    void a_record_that_is_none_begins_anew() throws Exception {
        try (FolderStore store = open()) {
            begin(store, 1, "abc");
            Files.writeString(folder.resolve(".restream/uploads").resolve(Ids.of(1) + ".json"), "{\"have\":\"x\"}");
            try (UploadStore.Part again = store.open(Ids.request(1, "x", 50))) {
                assertThat(again.have()).isZero();
            }
        }
    }

    @Test
    void a_header_too_deep_to_be_kept_is_refused() throws Exception {
        Header deep = Header.parse("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}");
        try (FolderStore store = open()) {
            assertThatThrownBy(() -> store.open(new UploadStore.Request(Ids.of(1), deep, 3, null)))
                    .isInstanceOf(Refusal.class);
            assertThat(Receiving.parts(folder)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void options_name_their_rule(int bad) {
        FolderStoreBuilder options = FolderStore.at(folder);
        assertThatThrownBy(() -> options.keep(Duration.ofSeconds(bad)))
                .hasMessageContaining("keep must be more than 0");
        assertThatThrownBy(() -> options.maxParts(bad)).hasMessageContaining("maxParts must be 1 or more");
        assertThatThrownBy(() -> options.maxBytes(bad - 1)).hasMessageContaining("maxBytes must be 0 or more");
    }
}
