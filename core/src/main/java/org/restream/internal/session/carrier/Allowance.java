package org.restream.internal.session.carrier;

import java.time.Duration;
import org.restream.internal.session.Memory;

/**
 * What a server allows one session.
 *
 * @param places how many exchanges may be open at first
 * @param memory for what it needs beyond that
 * @param stallTimeout how long an answer may be held of which the client takes nothing; zero: any time
 */
public record Allowance(int places, Memory memory, Duration stallTimeout) {
    /** A client needs none. */
    public static final Allowance CLIENT = new Allowance(0, Memory.PLENTY, Duration.ZERO);
}
