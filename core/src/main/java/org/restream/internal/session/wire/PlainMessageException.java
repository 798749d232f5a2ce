package org.restream.internal.session.wire;

/** In place of a first line there is a message of the plain wire: its header begins with a brace. */
public final class PlainMessageException extends ProtocolException {
    private static final long serialVersionUID = 1;

    static final byte BEGIN = '{';

    PlainMessageException(String message) {
        super(message);
    }
}
