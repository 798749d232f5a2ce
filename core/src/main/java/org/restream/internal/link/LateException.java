package org.restream.internal.link;

import java.io.IOException;

/** The peer has ended both directions, as their time was over. */
public final class LateException extends IOException {
    private static final long serialVersionUID = 1;

    public LateException() {
        super("its time was over");
    }
}
