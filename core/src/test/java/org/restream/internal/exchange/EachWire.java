package org.restream.internal.exchange;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of exchanges that run over each {@link Wire}. */
@ParameterizedClass(name = "{0}")
@EnumSource(Wire.class)
abstract class EachWire {
    @Parameter
    Wire wire;

    Trial trial(Trial.Handler handler) throws Exception {
        return trial(Trial.ROOMY, terms -> terms, handler);
    }

    Trial trial(int capacity, UnaryOperator<Setup> terms, Trial.Handler handler) throws Exception {
        return Trial.of(wire, capacity, terms, handler);
    }

    /** One of two exchanges that are connected to each other. */
    Trial client(Wire.Ends ends, Trial.Handler handler) {
        return Trial.over(wire, ends, terms -> terms, handler);
    }

    /** The other one. */
    Trial server(Wire.Ends ends, Trial.Handler handler) {
        return Trial.over(wire, ends, Setup::server, handler);
    }

    /** Leaves the calling test out over a session. */
    void notInSessions(String why) {
        Assumptions.assumeFalse(wire == Wire.SESSION, why);
    }
}
