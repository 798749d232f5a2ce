package org.restream.internal.exchange;

import java.io.IOException;
import org.restream.Listener;
import org.restream.internal.wire.TextDecoder;

/** Receives the pieces of the body. */
interface BodyListener {
    /** The next piece, in an array of its own. */
    void accept(byte[] piece) throws Exception;

    /** The body has ended cleanly. */
    default void end() throws IOException {}

    /** Decodes text for the listener. Invalid UTF-8 is an error of the peer, and fails the exchange. */
    static BodyListener ofText(Listener<? super String> listener, ExchangeState state) {
        TextDecoder decoder = new TextDecoder();
        return new BodyListener() {
            @Override
            public void accept(byte[] piece) throws Exception {
                String text = decoded(piece);
                if (!text.isEmpty()) {
                    listener.accept(text);
                }
            }

            private String decoded(byte[] piece) throws IOException {
                try {
                    return decoder.decode(piece, 0, piece.length);
                } catch (IOException e) {
                    throw notText(e);
                }
            }

            @Override
            public void end() throws IOException {
                try {
                    decoder.end();
                } catch (IOException e) {
                    throw notText(e);
                }
            }

            private IOException notText(IOException why) {
                state.fail(Reason.PROTOCOL, why);
                return state.exception();
            }
        };
    }
}
