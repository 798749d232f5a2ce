package org.restream.cli;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.restream.Outgoing;

/** What is sent: a file, or a stream that is spooled or not. */
interface Body extends AutoCloseable {
    /** How many bytes it has, or -1 while that is not known. */
    long size();

    /**
     * Sends it from its start, and returns at its end; or earlier, where it need not go on.
     *
     * @param sent is told the number of each bytes sent
     * @param over whether the exchange has ended, so that the rest is of no use; after it has changed, {@link #wake} is
     *     called
     * @throws org.restream.RestreamException the exchange can't take more
     * @throws IOException the body can't be read: a trouble of this side
     */
    void sendTo(Outgoing req, LongConsumer sent, BooleanSupplier over) throws IOException;

    /** Has a waiting {@link #sendTo} look whether it is over. */
    void wake();

    /** Whether it can be sent again from its start. */
    boolean canBeSentAgain();

    @Override
    void close();
}
