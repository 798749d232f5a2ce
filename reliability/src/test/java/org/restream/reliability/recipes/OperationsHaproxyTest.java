package org.restream.reliability.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.reliability.docs.Shell;

/** The commands and the haproxy.cfg of docs/operations.md, word for word, at the addresses that they name. */
class OperationsHaproxyTest extends BehindProxy {
    private String configuration;

    @BeforeEach
    void prepare() throws Exception {
        configuration = Recipe.ofOperations("haproxy: haproxy.cfg");
    }

    @Test
    void an_upload_arrives_and_the_log_has_the_clients_address() throws Exception {
        Shell listen = listen();
        balance(configuration);
        sender.write("file", 3_000_000);
        sender.run("restream send -s " + CLIENT + " file");
        sameContent("file", "srv/backup/file");
        assertThat(listen.said()).containsPattern("Z 10\\.231\\.9\\.1:\\d+: stored file, 3000000 bytes");
    }

    @Test
    void whoever_goes_round_the_proxy_is_refused() throws Exception {
        Shell listen = listen();
        receiver.start("echo hello | restream send -s 10.0.0.20 --max-failures 1")
                .endsWith(3);
        listen.saying("10.0.0.20 is none of the proxies that may connect: 10.0.0.5 (proxyProtocol)");
    }

    @Test
    void a_forgotten_send_proxy_is_seen_at_the_first_connection() throws Exception {
        configuration = configuration.replace("send-proxy-v2 ", "");
        Shell listen = listen();
        balance(configuration);
        sender.start("echo hello | restream send -s " + CLIENT + " --max-failures 1")
                .endsWith(3);
        listen.saying("the connection does not begin with a PROXY header: byte 0x7b '{' at offset 0");
    }

    @Test
    void health_checks_are_made_and_not_logged() throws Exception {
        configuration = configuration.replace("inter 2s", "inter 20ms");
        Shell listen = receiver.start(command() + " --log-format json").saying("listening");
        balance(configuration);
        eventually(
                "some checks",
                () -> assertThat(listen.said().split("noRequest")).hasSizeGreaterThan(3));
        assertThat(listen.said()).doesNotContain("rejected").doesNotContain("failed");
        assertThat(files(srv("backup"))).isEmpty();
    }

    private Shell listen() throws Exception {
        return receiver.start(command()).saying("listening");
    }

    private String command() throws Exception {
        return Recipe.ofOperations("haproxy: listen")
                .strip()
                .replace("/backup", srv("backup").toString());
    }
}
