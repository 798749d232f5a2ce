package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** Peers in Python, in both roles. */
class PythonRecipeTest extends OnRecipeHosts {
    @BeforeEach
    void prepare() throws Exception {
        needs("python3");
        Files.writeString(sender.path("client.py"), Recipe.of("python: client.py"));
        Files.writeString(receiver.path("server.py"), Recipe.of("python: server.py"));
    }

    @Test
    @Runs("python: client.py")
    void a_client() throws Exception {
        Path store = srv("store");
        receiver.start("restream listen --host 0.0.0.0 --output " + store).saying("listening");
        String printed = sender.run("python3 client.py");
        assertThat(Files.readString(store.resolve("hello.txt"))).isEqualTo("from Python\n");
        assertThat(receiver.sum("srv/store/hello.txt")).startsWith(printed.strip());
    }

    @Test
    @Runs("python: server.py")
    void a_server() throws Exception {
        serve();
        sender.write("file", 3_000_000);
        Shell send = sender.start("restream send -i -s backup file").endsWith(0);
        assertThat(send.said()).contains("\"sha256\":\"" + sender.sum("file").substring(0, 64));
    }

    @Test
    void a_client_sees_an_answer_that_was_cut() throws Exception {
        receiver.start("restream listen --host 0.0.0.0 --exec 'cat; exit 1'").saying("listening");
        sender.start("python3 client.py").endsWith(1).saying("ConnectionResetError");
    }

    @Test
    void a_client_sees_a_server_that_has_not_answered() throws Exception {
        receiver.start(
                "exec python3 -c 'import socket\ns = socket.create_server((\"\", 9967))\ns.accept()[0].close()'");
        awaitListener(receiver);
        sender.start("python3 client.py").endsWith(1);
    }

    @Test
    void a_request_that_was_cut_gets_no_answer_and_the_next_one_does() throws Exception {
        Shell server = serve();
        sender.run("mkfifo never");
        Shell killed = sender.start("restream send -s backup --exec 'echo half; cat never'");
        awaitConnection();
        killed.kill();
        server.saying("ConnectionResetError");
        sender.write("file", 1000);
        sender.run("restream send -s backup file");
    }

    @Test
    void the_size_shows_that_a_killed_client_has_sent_half() throws Exception {
        Path store = srv("store");
        Shell listen = receiver.start("restream listen --host 0.0.0.0 --output " + store)
                .saying("listening");
        String half = Recipe.of("python: client.py")
                .replace("+ body)", "+ body[:5])\n    import os; os.kill(os.getpid(), 9)");
        Files.writeString(sender.path("client.py"), half);
        sender.start("exec python3 client.py").endsWith(137);
        listen.saying("the header says 12 bytes, the body has 5");
        assertThat(files(store)).isEmpty();
    }

    private Shell serve() throws Exception {
        Shell server = receiver.start("exec python3 server.py");
        awaitListener(receiver);
        return server;
    }
}
