package org.restream.internal.session.wire;

import java.io.IOException;

/** The peer broke the session protocol. It ends the session: the code is what the B frame tells the peer. */
public class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    private final int byeCode;

    /** One for {@link ByeCode#PROTOCOL}. */
    public ProtocolException(String message) {
        this(ByeCode.PROTOCOL, message);
    }

    public ProtocolException(int byeCode, String message) {
        super(message);
        this.byeCode = byeCode;
    }

    /** One of {@link ByeCode}. */
    public int byeCode() {
        return byeCode;
    }
}
