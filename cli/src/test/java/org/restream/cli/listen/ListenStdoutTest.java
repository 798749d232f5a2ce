package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.restream.Header;
import org.restream.cli.testing.ListenProcess;
import org.restream.cli.testing.RawPeer;

/** {@code restream listen} without a mode, in a process of its own. */
class ListenStdoutTest {
    @Test
    void bodies_go_to_stdout_one_after_the_other_and_headers_to_stderr() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--reply-header", "by=me")) {
            try (RawPeer first = new RawPeer(listen.address());
                    RawPeer second = new RawPeer(listen.address())) {
                first.say("{\"n\":1}\n\none ");
                listen.line("{\"n\":1}");
                second.say("{\"n\":2}\n\nthree").end();
                first.say("two ").end();
                assertThat(first.hear()).isEqualTo("{\"by\":\"me\"}\n\n");
                assertThat(second.hear()).isEqualTo("{\"by\":\"me\"}\n\n");
            }
            listen.line("{\"n\":2}");
            listen.signal("TERM");
            assertThat(listen.stdout()).isEqualTo("one two three");
            assertThat(listen.exit()).isZero();
        }
    }

    @Test
    void a_cut_body_is_told_of_and_the_next_one_is_served() throws Exception {
        try (ListenProcess listen = ListenProcess.start()) {
            RawPeer cut = new RawPeer(listen.address()).say("{\"n\":1}\n\nhalf ");
            listen.line("{\"n\":1}");
            cut.reset();
            assertThat(listen.line("failed")).contains("127.0.0.1:", "lost after the header");
            try (RawPeer next = new RawPeer(listen.address())) {
                next.say("{\"n\":2}\n\nwhole").end();
                assertThat(next.hear()).isEqualTo("{}\n\n");
            }
            listen.signal("INT");
            assertThat(listen.exit()).isEqualTo(130);
            assertThat(listen.stdout()).endsWith("whole");
        }
    }

    @Test
    void what_a_peer_says_reaches_the_terminal_only_as_printable_text() throws Exception {
        try (ListenProcess listen = ListenProcess.start();
                RawPeer peer = new RawPeer(listen.address())) {
            peer.say("{\"a\":\"\u202e\\u001b[31m\u009b\"}\n\n").end();
            assertThat(listen.line("{\"a\"")).isEqualTo("{\"a\":\"\\u202e\\u001b[31m\\u009b\"}");
        }
    }

    @Test
    void each_event_can_be_had_as_a_line_of_json() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--log-format", "json", "--once");
                RawPeer peer = new RawPeer(listen.address())) {
            peer.say("{\"a\":1}\n\nhello").end();
            assertThat(peer.hear()).isEqualTo("{}\n\n");
            assertThat(listen.exit()).isZero();
            List<Header> events = new ArrayList<>();
            for (String line : listen.lines()) {
                events.add(Header.parse(line));
            }
            assertThat(events)
                    .extracting(event -> event.get("event"))
                    .containsExactly("listening", "accepted", "header", "completed", "closed");
            assertThat(events.get(2)).containsEntry("header", Map.of("a", 1L));
            assertThat(events.get(3)).containsEntry("bytesReceived", 5L).containsKey("peer");
        }
    }

    @Test
    void a_reader_that_has_gone_ends_it_quietly() throws Exception {
        try (ListenProcess listen = ListenProcess.start();
                RawPeer peer = new RawPeer(listen.address())) {
            listen.closeStdout();
            peer.say("{}\n\nhello").end();
            assertThatThrownBy(peer::hear).isInstanceOf(IOException.class);
            assertThat(listen.exit()).isEqualTo(141);
            assertThat(listen.lines()).hasSize(2).last().isEqualTo("{}");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_ends_it_with_a_line() throws Exception {
        try (ListenProcess listen = ListenProcess.start(Redirect.to(new File("/dev/full")));
                RawPeer peer = new RawPeer(listen.address())) {
            peer.say("{}\n\nhello").end();
            assertThat(listen.exit()).isEqualTo(1);
            assertThat(listen.lines()).hasSize(3).last().asString().contains("can't write to stdout");
        }
    }

    @Test
    void once_ends_after_one_exchange() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--once");
                RawPeer peer = new RawPeer(listen.address())) {
            peer.say("{}\n\nhello").end();
            assertThat(peer.hear()).isEqualTo("{}\n\n");
            assertThat(listen.stdout()).isEqualTo("hello");
            assertThat(listen.exit()).isZero();
        }
    }

    @Test
    void once_ends_with_4_where_half_a_body_has_been_printed() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--once")) {
            RawPeer cut = new RawPeer(listen.address()).say("{}\n\nhalf");
            assertThat(listen.stdoutBytes(4)).isEqualTo("half");
            cut.reset();
            assertThat(listen.exit()).isEqualTo(4);
            assertThat(listen.lines())
                    .last()
                    .asString()
                    .endsWith("the part of its body that had arrived has been printed");
        }
    }

    @Test
    void once_takes_no_end_for_a_bodys_that_came_before_all_that_the_header_says() throws Exception {
        try (ListenProcess listen = ListenProcess.start("--once");
                RawPeer cut = new RawPeer(listen.address())) {
            cut.say("{\"size\":300}\n\nhalf").end();
            assertThatThrownBy(cut::hear).isInstanceOf(IOException.class);
            assertThat(listen.exit()).isEqualTo(4);
            assertThat(listen.lines()).last().asString().contains("the header says 300 bytes, the body has 4");
        }
    }
}
