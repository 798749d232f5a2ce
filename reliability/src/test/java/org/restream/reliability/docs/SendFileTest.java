package org.restream.reliability.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The first commands that a reader sees. */
class SendFileTest extends OnHosts {
    private static final int SIZE = 3_000_000;

    @Test
    @Runs({Block.RECEIVE, Block.SEND})
    void the_receiver_first() throws Exception {
        sender.write("photos.tar", SIZE);
        receiver.start(Block.RECEIVE.text()).saying("listening");
        sender.run(Block.SEND.text());
        assertThat(receiver.sum("incoming/photos.tar")).isEqualTo(sender.sum("photos.tar"));
    }

    @Test
    @Runs({Block.RECEIVE, Block.SEND})
    void the_sender_first() throws Exception {
        sender.write("photos.tar", SIZE);
        Shell send = sender.start(Block.SEND.text()).saying("Connection refused");
        receiver.start(Block.RECEIVE.text());
        send.endsWith(0);
        assertThat(receiver.sum("incoming/photos.tar")).isEqualTo(sender.sum("photos.tar"));
    }
}
