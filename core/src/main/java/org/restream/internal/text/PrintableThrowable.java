package org.restream.internal.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stands for a throwable whose message has something from a peer in it, where that would do things to a log or a terminal: the
 * same stack trace with the same types, each message made {@linkplain Printable printable}.
 */
public final class PrintableThrowable extends Exception {
    private static final long serialVersionUID = 1;

    private final String text;

    private PrintableThrowable(Throwable original, Set<Throwable> seen) {
        super(Printable.whole(String.valueOf(original.getMessage())));
        text = Printable.whole(original.toString());
        setStackTrace(original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null && seen.add(cause)) {
            initCause(new PrintableThrowable(cause, seen));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (seen.add(suppressed)) {
                addSuppressed(new PrintableThrowable(suppressed, seen));
            }
        }
    }

    /** The throwable itself, if neither it nor any of its causes needs to be stood for. */
    public static Throwable of(Throwable thrown) {
        return isFit(thrown, none()) ? thrown : new PrintableThrowable(thrown, none());
    }

    private static boolean isFit(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return true;
        }
        Throwable cause = thrown.getCause();
        if (!Printable.is(thrown.toString()) || (cause != null && !isFit(cause, seen))) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isFit(suppressed, seen)) {
                return false;
            }
        }
        return true;
    }

    private static Set<Throwable> none() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** As the one that it stands for: with that one's type, which getMessage could not say. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return text;
    }
}
