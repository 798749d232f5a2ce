package org.restream.internal.session;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.restream.internal.session.wire.Flags;
import org.restream.internal.session.wire.FrameEncoder;

/** What each side says first on a connection that resumes a session: how far it is with every exchange that lives. */
final class Listing {
    private List<Channel> channels = List.of();
    private int next;
    private boolean done;

    /**
     * @param toList those that live, in the order of their numbers
     * @param due whether there is to be one
     */
    void begin(List<Channel> toList, boolean due) {
        channels = toList;
        next = 0;
        done = !due;
    }

    boolean isDone() {
        return done;
    }

    /** Those that are listed, or were; then they are forgotten here. */
    List<Channel> channels() {
        List<Channel> all = channels;
        channels = List.of();
        return all;
    }

    /** As much of it as the sink takes. */
    void produce(FrameSink sink, long highest) {
        while (sink.room() >= FrameEncoder.CUT_MAX + FrameEncoder.ACK_SIZE + FrameEncoder.LISTED_SIZE) {
            if (next == channels.size()) {
                sink.listed(highest);
                done = true;
                return;
            }
            list(sink, channels.get(next++));
        }
    }

    private static void list(FrameSink sink, Channel channel) {
        cut(sink, channel);
        Receiving receiving = channel.receiving;
        if (receiving.isListed()) {
            int end = receiving.hasEnded() ? Flags.ACK_END : 0;
            sink.ack(channel.number, Flags.ACK_LIST | end, receiving.received(), receiving.ack());
        }
    }

    /** X, where one is due. */
    static void cut(FrameSink sink, Channel channel) {
        int flags = channel.cutFlagsDue();
        if (flags == 0) {
            return;
        }
        boolean mine = (flags & Flags.CUT_MINE) != 0;
        Cut why = mine ? channel.sending.cut() : channel.receiving.stop();
        said(channel, flags);
        sink.cut(channel.number, flags, reason(why), mine ? channel.sending.finalSize() : 0);
    }

    /** X in the place of the first frame: the exchange was given up before the server knew of it. */
    static void unopened(FrameSink sink, Channel channel) {
        int flags = Flags.CUT_MINE | Flags.CUT_YOURS;
        Cut why = reason(channel.sending.cut());
        // nobody will answer, though only our message may have been cut
        channel.receiving.stop(why);
        said(channel, flags);
        sink.cut(channel.number, flags | Flags.CUT_UNOPENED, why, 0);
    }

    private static void said(Channel channel, int flags) {
        channel.cutsBoth = flags == (Flags.CUT_MINE | Flags.CUT_YOURS);
        if ((flags & Flags.CUT_MINE) != 0) {
            channel.sending.cutSaid();
        }
        if ((flags & Flags.CUT_YOURS) != 0) {
            channel.receiving.stopSaid();
        }
    }

    private static Cut reason(@Nullable Cut why) {
        if (why == null) {
            throw new IllegalStateException("a cut without a reason");
        }
        return why;
    }
}
