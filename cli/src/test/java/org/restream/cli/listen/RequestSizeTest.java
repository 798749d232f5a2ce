package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerEvent;
import org.restream.ServerOptions;
import org.restream.cli.console.OutputOptions;
import org.restream.cli.listen.store.NamePattern;
import org.restream.cli.listen.store.OutputFolder;
import org.restream.cli.listen.store.WholeFiles;
import org.restream.cli.testing.RawPeer;
import org.restream.files.FolderStore;

/** A body has to be as long as its header says, in all modes. */
class RequestSizeTest {
    private static final Header REPLY = Header.of();

    private final BlockingQueue<ServerEvent.Failed> failures = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private RestreamServer server;
    private OutputUploads uploads;

    @AfterEach
    void close() throws IOException {
        server.close(Duration.ZERO);
        if (uploads != null) {
            uploads.close();
        }
    }

    private void start(String mode) throws IOException {
        server = Restream.createServer(ServerOptions.defaults().listener(this::note), handler(mode))
                .listen(0);
    }

    private RestreamServer.Handler handler(String mode) throws IOException {
        ListenNotices notices = new ListenNotices(
                new PrintWriter(new StringWriter()), new OutputOptions(), null, InstantSource.system());
        return switch (mode) {
            case "echo" -> new EchoHandler(REPLY, 0);
            case "reply" -> new ReplyHandler("ok", REPLY, 0);
            case "exec" -> new ExecHandler("cat", false, 1, notices, REPLY, 0);
            case "output" -> outputHandler();
            default -> new StdoutHandler(stdout, e -> {}, notices, REPLY, 0);
        };
    }

    private RestreamServer.Handler outputHandler() throws IOException {
        OutputFolder files = new OutputFolder(folder, false);
        OutputNames names = new OutputNames(new NamePattern(NamePattern.DEFAULT), InstantSource.system());
        uploads = OutputUploads.open(FolderStore.at(folder), new WholeFiles(files, folder, false), names, 0);
        return new OutputHandler(files, names, uploads, REPLY, 0);
    }

    private void note(ServerEvent event) {
        if (event instanceof ServerEvent.Failed failed) {
            failures.add(failed);
        }
    }

    private String failure() throws InterruptedException {
        ServerEvent.Failed failed = failures.poll(30, TimeUnit.SECONDS);
        assertThat(failed).isNotNull();
        return String.valueOf(failed.cause().getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "reply", "exec", "output", "stdout"})
    void a_shorter_body_is_refused_at_its_end(String mode) throws Exception {
        start(mode);
        try (RawPeer peer = new RawPeer(server.address())) {
            peer.say("{\"name\":\"a\",\"size\":300}\n\n" + "x".repeat(40)).end();
            assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
            assertThat(failure()).isEqualTo("the header says 300 bytes, the body has 40");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo", "reply", "exec", "output", "stdout"})
    void a_longer_body_is_refused_before_its_end(String mode) throws Exception {
        start(mode);
        try (RawPeer peer = new RawPeer(server.address())) {
            peer.say("{\"name\":\"a\",\"size\":3}\n\nfour");
            assertThat(failure()).isEqualTo("the header says 3 bytes, the body has more");
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(stdout.toString(java.nio.charset.StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "5,                    hello, true",
        "0,                    '',    true",
        "0,                    x,     false",
        "18446744073709551616, hello, false",
        // a field of somebody's own format, which does not describe the body
        "'\"6\"',              hello, true",
        "-1,                   hello, true",
        "-18446744073709551616, hello, true",
        "1.5,                  hello, true",
        "null,                 hello, true",
        "true,                 hello, true",
        "[6],                  hello, true",
    })
    void only_a_whole_number_is_a_size(String size, String body, boolean taken) throws Exception {
        start("reply");
        try (RawPeer peer = new RawPeer(server.address())) {
            peer.say("{\"size\":" + size + "}\n\n" + body).end();
            if (taken) {
                assertThat(peer.hear()).isEqualTo("{}\n\nok");
            } else {
                assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
                assertThat(failure()).startsWith("the header says " + size + " bytes, the body has ");
            }
        }
    }

    @Test
    void many_pieces_of_the_right_size_are_a_whole_body() throws Exception {
        start("reply");
        try (RawPeer peer = new RawPeer(server.address())) {
            peer.say("{\"size\":1000000}\n\n");
            for (int i = 0; i < 1_000; i++) {
                peer.say("x".repeat(1_000));
            }
            assertThat(peer.end().hear()).isEqualTo("{}\n\nok");
        }
    }
}
