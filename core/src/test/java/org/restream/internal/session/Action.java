package org.restream.internal.session;

/**
 * Something that may happen.
 *
 * @param who which program, wire or side
 */
record Action(Kind kind, int who) {
    enum Kind {
        START,
        WRITE,
        READ,
        RETURN,
        ABORT,
        STOP,
        CUT,
        SEND,
        TIMER,
        TO_SERVER,
        TO_CLIENT,
        PART_TO_SERVER,
        PART_TO_CLIENT,
        CLIENT_NOTICES,
        SERVER_NOTICES,
        LOSE_HELLO,
        DIAL,
        BREAK,
        GIVE_UP,
        CRASH;

        /** It does not happen by itself: nothing may wait for it. */
        boolean isFault() {
            return this == BREAK || this == GIVE_UP || this == CRASH || isCancel();
        }

        boolean isCancel() {
            return this == ABORT || this == STOP || this == CUT;
        }
    }

    @Override
    public String toString() {
        return kind + " " + who;
    }
}
