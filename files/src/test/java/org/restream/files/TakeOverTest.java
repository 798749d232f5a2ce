package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two connections with one upload: the newer one has it, at once, and the older one hears so. */
class TakeOverTest {
    private static final String HEADER =
            "{\"name\":\"x\",\"size\":6,\"upload\":{\"id\":\"kq0n3mZtT8u1cQ5Zb0yJxg\"}}\n\n";
    private static final String TAKEN_OVER =
            "{\"refused\":{\"reason\":\"taken over: a newer connection goes on with this upload\"}}";

    @TempDir
    Path temp;

    /** Often, since what the older one says depends on which of its threads is first. */
    @RepeatedTest(10)
    void the_newer_one_goes_on_and_the_older_one_says_taken_over() throws Exception {
        try (Receiving server = Receiving.start(temp);
                RawUpload older = new RawUpload(server.address());
                RawUpload newer = new RawUpload(server.address())) {
            older.say(HEADER);
            assertThat(older.header()).isEqualTo("{\"upload\":{\"have\":0}}");
            older.say("abc");
            // it has been received when the newer one is told so
            newer.say(HEADER);
            String have = newer.header();
            assertThat(have).isIn("{\"upload\":{\"have\":0}}", "{\"upload\":{\"have\":3}}");
            assertThat(older.rest()).isEqualTo(TAKEN_OVER);
            newer.say(have.contains("3") ? "def" : "abcdef");
            newer.end();
            assertThat(newer.rest()).contains("bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
            assertThat(server.folder().resolve("x")).hasContent("abcdef");
        }
    }

    @Test
    void of_many_the_newest_one_ends_it_and_no_bytes_are_mixed() throws Exception {
        Path file = RandomFile.of(temp.resolve("y"), 5_000_000, 4);
        try (Receiving server = Receiving.start(temp)) {
            FileSender sender = server.sender(temp);
            FileSending[] all = new FileSending[5];
            for (int i = 0; i < all.length; i++) {
                all[i] = sender.start(file);
            }
            int ended = 0;
            int taken = 0;
            for (FileSending sending : all) {
                String how = sending.result()
                        .handle((result, failure) -> failure == null ? result.name() : failure.getMessage())
                        .get();
                ended += how.equals("y") ? 1 : 0;
                taken += how.contains("taken over") ? 1 : 0;
                sending.close();
            }
            assertThat(ended).isPositive();
            assertThat(ended + taken).isEqualTo(all.length);
            assertThat(Receiving.names(server.folder())).containsExactly("y");
            assertThat(server.folder().resolve("y")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void two_servers_on_one_folder_hand_it_over_too() throws Exception {
        try (Receiving one = Receiving.start(temp);
                Receiving other = Receiving.start(temp);
                RawUpload older = new RawUpload(one.address())) {
            older.say(HEADER);
            assertThat(older.header()).contains("0");
            try (RawUpload newer = new RawUpload(other.address())) {
                newer.say(HEADER);
                assertThat(newer.header()).isEqualTo("{\"upload\":{\"have\":0}}");
                older.say("abcdef");
                older.end();
                assertThat(older.rest()).isEqualTo(TAKEN_OVER);
                newer.say("abcdef");
                newer.end();
                assertThat(newer.rest()).contains("bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
            }
            assertThat(Receiving.names(one.folder())).containsExactly("x");
        }
    }

    @Test
    void the_second_server_goes_on_when_the_first_is_gone() throws Exception {
        Path file = RandomFile.of(temp.resolve("z"), 6_000_000, 5);
        try (Receiving one = Receiving.start(temp);
                Receiving other = Receiving.start(temp);
                CuttingRelay relay = new CuttingRelay(
                        one.address(), java.util.List.of(new CuttingRelay.Plan(CuttingRelay.Cut.RST, 3_000_000)))) {
            UploadResult result =
                    Receiving.sender(temp, relay.address(), other.server()).send(file);
            assertThat(result.sha256()).isEqualTo(RandomFile.sha256(file));
            assertThat(other.folder().resolve("z")).hasSameBinaryContentAs(file);
        }
    }
}
