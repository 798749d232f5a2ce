package org.restream.internal.session;

import java.util.function.Consumer;
import org.restream.internal.session.wire.FrameEncoder;

/** The limits of a search: who sends how much, and how many faults there may be. */
final class Scenario implements Cloneable {
    private static final int FOR_ONE_FRAME = FrameEncoder.CUT_MAX
            + FrameEncoder.ACK_SIZE
            + FrameEncoder.KNOWN_HEAD
            + FrameEncoder.KNOWN_EACH
            + FrameEncoder.LISTED_SIZE;

    /** The size of each exchange's request and response. */
    final int[] requests;

    final int[] responses;
    int window = 2;
    int maxWindow = 2;
    int quantum = 2;
    int room = 1 << 16;
    int places = 4;
    /** How much a program writes at a time. */
    int piece = 3;
    /** How often a connection breaks, or is given up by the client while it works. */
    int losses;

    int crashes;
    /** How often a program aborts, stops reading, or cuts its message. */
    int cancels;

    String cancelKinds = "";
    /** Handlers may return at any time. */
    boolean early;
    /** Handlers write before they have read anything. */
    boolean eagerHandlers;
    /** The client lists what lives before it has the welcome. */
    boolean listsAtOnce;
    /** An end is written apart from the last byte. */
    boolean lateEnds;
    /** A frame may come in two parts. */
    boolean parts;
    /** The first exchange's request, or its response, comes with a wrong CRC. */
    boolean corruptRequest;

    boolean corruptResponse;
    /** This exchange's programs read only when nothing else goes on; -1: none. */
    int sleeper = -1;

    Mutant mutant = Mutant.NONE;

    private Scenario(int[] requests, int[] responses) {
        this.requests = requests;
        this.responses = responses;
    }

    /** One exchange for each request. */
    static Scenario of(int[] requests, int[] responses) {
        return new Scenario(requests, responses);
    }

    static Scenario one(int request, int response) {
        return of(new int[] {request}, new int[] {response});
    }

    static Scenario two(int request, int response, int request2, int response2) {
        return of(new int[] {request, request2}, new int[] {response, response2});
    }

    private Scenario with(Consumer<Scenario> change) {
        try {
            Scenario changed = (Scenario) clone();
            change.accept(changed);
            return changed;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    Scenario losses(int count) {
        return with(s -> s.losses = count);
    }

    Scenario crashes(int count) {
        return with(s -> s.crashes = count);
    }

    /** @param kinds of {@code A}bort, {@code S}top reading, {@code C}ut; capital: the client's, small: the server's */
    Scenario cancels(int count, String kinds) {
        return with(s -> {
            s.cancels = count;
            s.cancelKinds = kinds;
        });
    }

    Scenario window(int bytes) {
        return with(s -> {
            s.window = bytes;
            s.maxWindow = bytes;
        });
    }

    Scenario growing(int to) {
        return with(s -> s.maxWindow = to);
    }

    Scenario quantum(int bytes) {
        return with(s -> s.quantum = bytes);
    }

    /** Each turn of the writer sends hardly more than one frame. */
    Scenario narrow() {
        return with(s -> s.room = FOR_ONE_FRAME);
    }

    Scenario places(int count) {
        return with(s -> s.places = count);
    }

    Scenario piece(int bytes) {
        return with(s -> s.piece = bytes);
    }

    Scenario early() {
        return with(s -> s.early = true);
    }

    Scenario eagerHandlers() {
        return with(s -> s.eagerHandlers = true);
    }

    Scenario listsAtOnce() {
        return with(s -> s.listsAtOnce = true);
    }

    Scenario lateEnds() {
        return with(s -> s.lateEnds = true);
    }

    Scenario parts() {
        return with(s -> s.parts = true);
    }

    Scenario corruptRequest() {
        return with(s -> s.corruptRequest = true);
    }

    Scenario corruptResponse() {
        return with(s -> s.corruptResponse = true);
    }

    Scenario sleeper(int exchange) {
        return with(s -> s.sleeper = exchange);
    }

    Scenario mutant(Mutant which) {
        return with(s -> s.mutant = which);
    }

    SessionConfig config(boolean client) {
        long growth = maxWindow > window ? maxWindow - window : 0;
        return new SessionConfig(client, window, maxWindow, growth, places, quantum, quantum);
    }
}
