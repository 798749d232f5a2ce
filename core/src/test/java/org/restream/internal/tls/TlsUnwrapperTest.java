package org.restream.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.restream.testing.PipeLink;
import org.restream.testing.RawTls;

/** A writer that finds the engine closed, before the reader has said why. */
class TlsUnwrapperTest {
    private static final int UNKNOWN_CA = 48;

    private PipeLink link;
    private TlsUnwrapper unwrapper;
    private TlsOutbound outbound;
    private RawTls peer;

    @BeforeEach
    void open() throws Exception {
        List<PipeLink> ends = PipeLink.pair(200_000);
        link = ends.get(0);
        SSLEngine engine = TlsPair.SERVER.createSSLEngine();
        engine.setUseClientMode(false);
        unwrapper = new TlsUnwrapper(engine);
        outbound = new TlsOutbound(link, engine, unwrapper);
        TlsInbound inbound = new TlsInbound(link, engine, unwrapper, outbound);
        CompletableFuture<Void> opened = TlsPair.inBackground(() -> new TlsHandshake(engine, inbound, outbound).run());
        peer = RawTls.over(ends.get(1));
        opened.get();
    }

    private ByteBuffer next() throws Exception {
        ByteBuffer records = ByteBuffer.allocate(1_000);
        link.read(records);
        return records.flip();
    }

    private void alertIsRead() throws Exception {
        peer.fatalAlert(UNKNOWN_CA);
        ByteBuffer records = next();
        assertThatThrownBy(() -> unwrapper.unwrap(records, ByteBuffer.allocate(100_000)))
                .isInstanceOf(SSLException.class);
    }

    @Test
    void it_says_what_the_peer_has_found_wrong() throws Exception {
        alertIsRead();

        assertThatThrownBy(() -> outbound.write(ByteBuffer.allocate(1)))
                .isInstanceOf(SSLException.class)
                .hasMessageStartingWith("TLS: ")
                .hasMessageContaining("unknown_ca")
                .hasCauseInstanceOf(SSLException.class);
    }

    /** The alert may come while the writer says its end. */
    @Test
    void it_says_the_same_after_its_end() throws Exception {
        outbound.finish();
        alertIsRead();

        assertThatThrownBy(() -> outbound.write(ByteBuffer.allocate(1)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unknown_ca");
    }

    @Test
    void without_a_failure_there_is_none() throws Exception {
        peer.say("hello");
        ByteBuffer records = next();
        unwrapper.unwrap(records, ByteBuffer.allocate(100_000));
        assertThat(unwrapper.failure()).isNull();
    }
}
