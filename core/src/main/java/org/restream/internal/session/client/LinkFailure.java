package org.restream.internal.session.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.AbortedException;
import org.restream.NeverStartedException;
import org.restream.internal.session.Cut;
import org.restream.internal.session.carrier.SessionLink;
import org.restream.internal.session.wire.CutCode;
import org.restream.internal.text.Printable;

/** What has ended a client's exchange before its time, as its session knows it. */
final class LinkFailure {
    private LinkFailure() {}

    /** The same, but null if this side has cut the exchange. */
    static @Nullable IOException byOther(SessionLink link, Throwable cause) {
        Cut cut = link.cut();
        boolean byOther = link.failure() != null || (cut != null && cut.byPeer());
        return byOther ? of(link, cause) : null;
    }

    /**
     * What has been done to it: by the session's end, by the server, or by this side.
     *
     * @param cause what its thread has found
     * @return null if nothing has
     */
    static @Nullable IOException of(SessionLink link, Throwable cause) {
        IOException over = link.failure();
        if (over != null) {
            return over;
        }
        Cut cut = link.cut();
        if (cut == null) {
            return null;
        }
        String text = cut.text().isEmpty() ? "" : ": " + Printable.whole(cut.text());
        if (!link.isStarted() || cut.code() == CutCode.REFUSED) {
            return new NeverStartedException("the exchange was not started" + text, cause);
        }
        return new AbortedException(
                (cut.byPeer() ? "the server aborted the exchange (" : "the exchange was cancelled (") + cut.code() + ")"
                        + text,
                cut.code());
    }
}
