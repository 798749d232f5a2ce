package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** {@code listen --proxy-protocol}: whose address a command and the log get, and what does not end {@code --once}. */
class ProxyProtocolListenTest {
    private static final String TELL = "cat >/dev/null; echo \"$RESTREAM_PEER_ADDRESS $RESTREAM_PEER_PORT\"";

    @Test
    void once_goes_on_after_checks_and_the_command_gets_the_address_of_the_client() throws Exception {
        try (ListenProcess server = ListenProcess.start(
                "--once", "--proxy-protocol", "10.0.0.0/8,127.0.0.1", "--proxy-protocol", "::1", "--exec", TELL)) {
            for (String check : new String[] {"PROXY UNKNOWN\r\n", "PROXY TCP4 127.0.0.1 127.0.0.1 5 6\r\n", ""}) {
                try (RawPeer peer = new RawPeer(server.address())) {
                    peer.say(check);
                }
            }
            try (RawPeer peer = new RawPeer(server.address())) {
                peer.say("PROXY TCP6 2001:db8::7 ::1 50072 9967\r\n{}\n\n").end();
                assertThat(peer.hear()).isEqualTo("{}\n\n2001:db8:0:0:0:0:0:7 50072\n");
            }
            assertThat(server.exit()).isEqualTo(ExitStatus.DONE);
            assertThat(server.lines()).hasSize(2).last().asString().contains(" [2001:db8:0:0:0:0:0:7]:50072: done, ");
        }
    }

    @Test
    void the_log_has_both_addresses_as_JSON() throws Exception {
        try (ListenProcess server =
                ListenProcess.start("--log-format", "json", "--proxy-protocol", "127.0.0.1", "--reply", "ok")) {
            try (RawPeer peer = new RawPeer(server.address())) {
                peer.say("PROXY TCP4 203.0.113.7 10.0.0.1 50072 9967\r\n{}\n\n").end();
                assertThat(peer.hear()).isEqualTo("{}\n\nok");
            }
            assertThat(server.line("\"proxied\"")).contains("\"peer\":\"203.0.113.7:50072\",\"proxy\":\"127.0.0.1:");
            assertThat(server.line("\"accepted\"")).contains("\"peer\":\"203.0.113.7:50072\"");
            assertThat(server.line("\"completed\"")).contains("\"peer\":\"203.0.113.7:50072\"");
        }
    }
}
