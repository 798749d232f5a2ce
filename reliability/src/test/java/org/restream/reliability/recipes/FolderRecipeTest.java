package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** A folder by tar. */
class FolderRecipeTest extends OnRecipeHosts {
    private static final String SEND = "send-folder photos photos-1";

    private Path folders;

    @BeforeEach
    void prepare() throws Exception {
        folders = srv("folders");
        receiver.install("unpack", Recipe.of("folder: unpack", receiver.path("srv")));
        sender.install("send-folder", Recipe.of("folder: send-folder"));
        sender.run(
                "mkdir -p 'photos/a folder'; seq 300000 > photos/one; ln -s one photos/link; echo > 'photos/a folder/-x'");
        listen("folder: listen");
    }

    @Test
    @Runs({"folder: unpack", "folder: listen", "folder: send-folder"})
    void it_arrives_whole_and_once() throws Exception {
        sender.run(SEND);
        sender.run("diff -r --no-dereference photos " + folders.resolve("photos-1"));
        sender.run(SEND);
        assertThat(files(folders)).containsExactly("photos-1");
    }

    @Test
    void a_lost_connection_changes_nothing() throws Exception {
        sender.run("mkfifo go");
        sender.install("tar", "head -c 1000000 photos.tar; cat go >&2; tail -c +1000001 photos.tar");
        sender.run("cd photos; sha256sum one > SHA256SUMS; /bin/tar -cf ../photos.tar .");
        sender.install(
                "send-folder",
                Recipe.of("folder: send-folder").replace("cd \"$1\"", "").replaceFirst("find.*\n", ""));
        Shell send = sender.start(SEND);
        eventually(
                "half of the archive at the receiver",
                () -> assertThat(sender.run("ss --no-header --tcp -ni dport = :9967"))
                        .containsPattern("bytes_acked:\\d{7}"));
        cutConnections();
        send.saying("resumed");
        sender.run(": > go");
        send.endsWith(0);
        sender.run("diff -r --no-dereference photos " + folders.resolve("photos-1"));
    }

    @Test
    void a_tar_that_fails_is_seen_and_nothing_is_unpacked() throws Exception {
        sender.install("tar", "/bin/tar -cf - . | head -c 100000; exit 2");
        sender.start(SEND).endsWith(1).saying("status 2");
        assertThat(files(folders)).isEmpty();
    }

    @Test
    void a_file_that_does_not_match_its_checksum_is_seen() throws Exception {
        sender.install("sha256sum", "/usr/bin/sha256sum \"$@\" | sed 's/^..../0000/'");
        sender.start(SEND).endsWith(5).saying("the command ended with status 1");
        assertThat(receiver.run("ls -A srv/folders")).isEmpty();
    }

    @Test
    void a_name_can_not_lead_elsewhere() throws Exception {
        sender.start("send-folder photos ../photos").endsWith(5);
        assertThat(receiver.run("ls -A srv; ls -A srv/folders")).isEqualTo("folders\n");
    }

    @Test
    void a_pipeline_that_fails_is_seen_with_pipefail_only() throws Exception {
        sender.install("tar", "head -c 100000 photos/one; exit 2");
        String pipeline = "restream send -s backup -H name=a --exec ";
        sender.start(pipeline + "\"bash -c 'set -o pipefail; tar -c . | gzip'\"")
                .endsWith(1);
        // what follows looks whole to send; only unpack finds out
        sender.start(pipeline + "'tar -c . | cat'").endsWith(5);
    }
}
