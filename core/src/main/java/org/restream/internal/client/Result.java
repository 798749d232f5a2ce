package org.restream.internal.client;

import java.io.IOException;
import org.restream.internal.exchange.Outcome;

/** What came of an attempt. */
sealed interface Result {
    /** Whether an exchange has completed. */
    default boolean isComplete() {
        return this instanceof Ended ended && ended.outcome().kind() == Outcome.Kind.COMPLETED;
    }

    /** No connection could be made. */
    record NotConnected(IOException cause) implements Result {}

    /** An exchange was made, and ended in one of its ways. */
    record Ended(Outcome outcome) implements Result {}
}
