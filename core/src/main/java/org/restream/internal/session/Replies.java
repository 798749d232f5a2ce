package org.restream.internal.session;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.FrameEncoder;
import org.restream.internal.session.wire.FrameLimits;

/** Pings, pongs, and answers about exchanges that are over. Of pings only the newest counts, so nothing here can pile up. */
final class Replies {
    private @Nullable Long pong;
    private @Nullable Long ping;
    /** Numbers of exchanges that are over here and not there. A peer that asks for more than fit is not answered. */
    private final ArrayDeque<Long> forgotten = new ArrayDeque<>();

    /** Another connection: what was asked on the old one is not answered on this. */
    void connected() {
        pong = null;
        ping = null;
        forgotten.clear();
    }

    void ping(long token) {
        ping = token;
    }

    void pong(long token) {
        pong = token;
    }

    /** Whether there is room for one more. */
    boolean forgotten(long number) {
        return forgotten.size() < FrameLimits.MAX_KNOWN && forgotten.add(number);
    }

    void pings(FrameSink sink) {
        if (pong != null) {
            sink.ping(true, pong);
            pong = null;
        }
        if (ping != null) {
            sink.ping(false, ping);
            ping = null;
        }
    }

    /** Whether all of them have gone out. */
    boolean answer(FrameSink sink) {
        while (!forgotten.isEmpty() && sink.room() >= FrameEncoder.KNOWN_HEAD + FrameEncoder.KNOWN_EACH) {
            sink.known(forgotten.remove());
        }
        return forgotten.isEmpty();
    }
}
