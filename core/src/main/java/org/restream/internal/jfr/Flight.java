package org.restream.internal.jfr;

import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.restream.ClientEvent;
import org.restream.ServerEvent;

/**
 * What a recording of Flight Recorder gets. Until the JVM's first recording nothing is made for it, no clock is read, and no class of
 * an event is loaded. The module {@code jdk.jfr} may be missing; then there are no recordings.
 */
public final class Flight {
    private static final boolean IS_PRESENT = ModuleLayer.boot()
            .findModule("jdk.jfr")
            .filter(Flight.class.getModule()::canRead)
            .isPresent();

    private Flight() {}

    /** Whether there is, or has been, a recording. */
    public static boolean isOn() {
        return IS_PRESENT && FlightRecorder.isInitialized();
    }

    /** Records the events of one client. */
    public static Consumer<ClientEvent> ofClient() {
        return new ClientFlight(true);
    }

    /** Records the events of one client's session, whose exchanges begin by {@link #exchange}. */
    public static Consumer<ClientEvent> ofSession() {
        return new ClientFlight(false);
    }

    /** Records the events of one server, whose exchanges and connections begin by {@link #exchange} and {@link #connection}. */
    public static Consumer<ServerEvent> ofServer() {
        return new ServerFlight();
    }

    /** An exchange begins. */
    public static ExchangeFlight exchange(ExchangeFlight.Side side) {
        return isOn() ? ExchangeFlight.begun(side) : ExchangeFlight.NONE;
    }

    /** A server has accepted a connection. */
    public static ConnectionFlight connection() {
        return isOn() ? ConnectionFlight.begun() : ConnectionFlight.NONE;
    }

    /** What happens goes on without a record if none can be made, for want of memory, say. */
    public static void guarded(Runnable recording) {
        try {
            recording.run();
        } catch (Throwable e) {
            return;
        }
    }
}
