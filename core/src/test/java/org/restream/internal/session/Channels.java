package org.restream.internal.session;

/** What tests of other packages see of a session's channels. */
public final class Channels {
    private Channels() {}

    /** The only one that has a number. Under the session's lock. */
    public static Channel only(Session session) {
        return session.sorted().get(0);
    }
}
