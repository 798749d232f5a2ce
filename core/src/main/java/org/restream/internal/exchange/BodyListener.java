package org.restream.internal.exchange;

import java.io.IOException;
import org.restream.Listener;
import org.restream.internal.wire.TextDecoder;

/** Takes the body's pieces. */
interface BodyListener {
    /** The next piece, in an array of its own. */
    void accept(byte[] piece) throws Exception;

    /** The body has ended cleanly. */
    default void end() throws IOException {}

    /** Hands on text. What is not UTF-8 is the peer's fault, and the end of the exchange. */
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
