package org.restream.internal.session;

/** By how much the exchanges of a session may still grow, beyond what each has at first: in the session, and in its process. */
final class Growth {
    private final Memory memory;
    /** For the peer's windows. */
    private long windows;
    /** For what we hold until the peer has it. */
    private long held;

    Growth(Memory memory, long each) {
        this.memory = memory;
        windows = each;
        held = each;
    }

    /** Whether a window may grow by so much, which it does then. */
    boolean takeWindow(long bytes) {
        boolean taken = bytes > 0 && bytes <= windows && memory.take(bytes);
        windows -= taken ? bytes : 0;
        return taken;
    }

    /** Whether so much more may be held. */
    boolean takeHeld(long bytes) {
        boolean taken = bytes > 0 && bytes <= held && memory.take(bytes);
        held -= taken ? bytes : 0;
        return taken;
    }

    /** Whether more exchanges may be open, which takes so much for good. */
    boolean takePlaces(long bytes) {
        return bytes > 0 && memory.take(bytes);
    }

    void give(long ofWindow, long ofHeld) {
        windows += ofWindow;
        held += ofHeld;
        memory.give(ofWindow + ofHeld);
    }
}
