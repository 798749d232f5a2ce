package org.restream.internal.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a throwable whose message has something from a peer in it, where that would do things to a log or a terminal: the
 * same stack trace with the same types, each message made {@linkplain Printable printable}. A chain of causes that is very long is
 * cut, so that no log runs out of stack.
 */
public final class PrintableThrowable extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MAX_DEPTH = 100;

    private final String text;

    private PrintableThrowable(Throwable original, int depth, Set<Throwable> seen) {
        super(Printable.whole(SafeText.message(original)));
        text = Printable.whole(SafeText.of(original));
        setStackTrace(stackTrace(original));
        Throwable cause = cause(original);
        if (cause != null && depth < MAX_DEPTH && seen.add(cause)) {
            initCause(new PrintableThrowable(cause, depth + 1, seen));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (depth < MAX_DEPTH && seen.add(suppressed)) {
                addSuppressed(new PrintableThrowable(suppressed, depth + 1, seen));
            }
        }
    }

    private static StackTraceElement[] stackTrace(Throwable thrown) {
        try {
            return Objects.requireNonNull(thrown.getStackTrace());
        } catch (Throwable e) {
            // its own code throws, or gives none
            return new StackTraceElement[0];
        }
    }

    /** The throwable itself, if neither it nor any of its causes needs to be stood for. */
    public static Throwable of(Throwable thrown) {
        return isFit(thrown, 0, none()) ? thrown : new PrintableThrowable(thrown, 0, none());
    }

    private static boolean isFit(Throwable thrown, int depth, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return true;
        }
        Throwable cause = cause(thrown);
        if (depth == MAX_DEPTH
                || !isSound(thrown)
                || !Printable.is(SafeText.of(thrown))
                || (cause != null && !isFit(cause, depth + 1, seen))) {
            return false;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!isFit(suppressed, depth + 1, seen)) {
                return false;
            }
        }
        return true;
    }

    /** Whether its own code gives what a log asks for. */
    private static boolean isSound(Throwable thrown) {
        try {
            Throwable unused = thrown.getCause();
            return thrown.toString() != null && thrown.getStackTrace() != null;
        } catch (Throwable e) {
            return false;
        }
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable e) {
            // its own code throws
            return null;
        }
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
