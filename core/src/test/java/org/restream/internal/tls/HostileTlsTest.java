package org.restream.internal.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.ClientAuth;
import org.restream.testing.ShownText;
import org.restream.testing.TestCa;

/** A peer whose handshake contains control sequences for a terminal. */
class HostileTlsTest {
    private static final String HOST = "aaaaaaaa.example";

    @ParameterizedTest
    @ValueSource(
            strings = {"\u001b[2J\r\n\0z", "\u009b2J\u202ex", "\u001b]0;x\u0007a", "........", "a\u0000\u0000\u0000aaaa"
            })
    void the_host_that_a_client_asks_for_reaches_no_log_as_it_is(String name) throws Exception {
        TlsPair pair = TlsPair.unopened(TlsPair.CA.context(), TlsPair.SERVER, ClientAuth.NONE);
        pair.underClient.write(ByteBuffer.wrap(helloFor(name)));
        pair.underClient.finish();
        Throwable thrown = catchThrowable(pair.server::open);
        assertThat(thrown).isInstanceOf(SSLHandshakeException.class);
        ShownText.isHarmless(thrown);
    }

    private static byte[] helloFor(String name) throws Exception {
        SSLEngine engine = TlsPair.CA.context().createSSLEngine(HOST, 1);
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        int at = new String(bytes, ISO_8859_1).indexOf(HOST);
        byte[] hostile = name.getBytes(UTF_8);
        System.arraycopy(hostile, 0, bytes, at, Math.min(hostile.length, HOST.length()));
        return bytes;
    }

    @Test
    void the_names_of_a_servers_certificate_reach_no_log_as_they_are() {
        String name = "\u001b[2J\r\n\u0000\u0007" + "x".repeat(5_000);
        Throwable thrown = catchThrowable(() -> new ServerIdentity("a.example")
                .check(TlsPair.CA.issue("b.example", name).certificate()));
        assertThat(thrown)
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("b.example, \\u001b[2J\\u000d\\u000a\\u0000\\u0007xxx");
        assertThat(thrown.getMessage()).hasSizeLessThan(400);
        ShownText.isHarmless(thrown);
    }

    @Test
    void the_subject_of_a_certificate_that_is_not_trusted_reaches_no_log_as_it_is() {
        TestCa other = new TestCa();
        SSLContext hostile = other.context(other.issueWithoutNames("\u001b[2J \u0007evil"));
        TlsPair pair = TlsPair.unopened(TlsPair.CA.context(), hostile, ClientAuth.NONE);
        CompletableFuture<Void> opened = TlsPair.inBackground(pair.server::open);
        Throwable thrown = catchThrowable(pair.client::open);
        assertThat(thrown).isInstanceOf(SSLHandshakeException.class);
        ShownText.isHarmless(thrown);
        ShownText.isHarmless(catchThrowable(opened::join));
    }
}
