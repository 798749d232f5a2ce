package org.restream.internal.session.client;

import java.io.IOException;
import java.util.stream.Collectors;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.RefuseCode;
import org.restream.internal.text.Printable;

/** A server that speaks the session protocol does not take the connection. */
final class RefusedSessionException extends IOException {
    private static final long serialVersionUID = 1;

    private static final int SHOWN = 10;

    private final transient Hello.Refuse refusal;

    RefusedSessionException(Hello.Refuse refusal) {
        super("the server refuses the session: " + refusal.code()
                + (refusal.text().isEmpty() ? "" : ": " + Printable.whole(refusal.text()))
                + left(refusal));
        this.refusal = refusal;
    }

    /** What became of the exchanges of an expired session. */
    private static String left(Hello.Refuse refusal) {
        return refusal.exchanges().isEmpty()
                ? ""
                : refusal.exchanges().stream()
                        .limit(SHOWN)
                        .map(each -> "exchange " + each.exchange() + " " + each.state())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    Hello.Refuse refusal() {
        return refusal;
    }

    /** Whether the server has no sessions that this client could use. */
    boolean isWithoutSessions() {
        return refusal.code().equals(RefuseCode.DISABLED) || refusal.code().equals(RefuseCode.VERSION);
    }
}
