package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** HAProxy says who the client is. */
class ClientAddressRecipeTest extends BehindProxy {
    private static final String SEND = "restream send -s " + CLIENT + " ";

    @Test
    @Runs({"haproxy: send-proxy.cfg", "haproxy: listen", "haproxy: who"})
    void the_log_has_the_address_of_the_client() throws Exception {
        needs("jq");
        store("");
        balance(configuration());
        sender.write("file", 100_000);
        sender.run(SEND + "file");
        sameContent("file", "srv/store/file");
        eventually(
                "the log",
                () -> assertThat(receiver.run(Recipe.of("haproxy: who")))
                        .matches("\\S+Z\t10\\.231\\.9\\.1:\\d+\tfile\n"));
    }

    @Test
    void the_limit_is_one_for_each_client() throws Exception {
        store("1");
        balance(configuration());
        sender.run("mkfifo go");
        Shell first = sender.start(SEND + "-H name=first --exec 'cat go'");
        logged("\"accepted\"[^\\n]*\"peer\":\"10\\.231\\.9\\.1:");
        sender.start("echo second | " + SEND + "--max-failures 1").endsWith(3);
        logged("10\\.231\\.9\\.1 has 1 connections already");
        sender.run("echo other | restream send -s 127.0.0.1 -H name=other");
        sender.run(": > go");
        first.endsWith(0);
        assertThat(files(srv("store"))).containsExactly("first", "first.json", "other", "other.json");
    }

    @Test
    @Runs("haproxy: exec")
    void a_command_gets_the_address_of_the_client() throws Exception {
        srv("latest");
        listen("haproxy: exec");
        balance(configuration());
        sender.run("echo hello | " + SEND);
        sender.run("echo there | restream send -s 127.0.0.1");
        assertThat(files(srv("latest"))).containsExactly(CLIENT, "127.0.0.1");
        assertThat(Files.readString(srv("latest").resolve(CLIENT))).isEqualTo("hello\n");
    }

    /** The recipe's configuration with the changed line, and with the receivers where they are here. */
    private static String configuration() throws Exception {
        String before = Recipe.of("haproxy: haproxy.cfg");
        String after = before.replaceFirst("(?m)^ +default-server .*\n", Recipe.of("haproxy: send-proxy.cfg"));
        assertThat(after).isNotEqualTo(before);
        return after.replace("backup-a:9967", "10.0.0.20:9967").replace("backup-b:9967", "10.0.0.20:9968");
    }

    /** Starts the recipe's listen, if this is not empty with another limit. */
    private void store(String limit) throws Exception {
        srv("store");
        String command = Recipe.of("haproxy: listen", receiver.path("srv"));
        receiver.start(limit.isEmpty() ? command : command.replace("per-address 20", "per-address " + limit));
        logged("\"listening\"");
    }

    private void logged(String pattern) {
        eventually(
                pattern,
                () -> assertThat(Files.readString(receiver.path("store.log"))).containsPattern(pattern));
    }
}
