package org.restream.internal.text;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a throwable whose message has text from a peer that could harm a log or a terminal. It has the same stack
 * trace and shows the same types, with all messages made {@linkplain Printable printable}. A very long chain of causes
 * is cut, so that no log runs out of stack.
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
            // the throwable's own code throws, or returns null
            return new StackTraceElement[0];
        }
    }

    /** A printable form of the throwable: itself, if neither it nor any of its causes has to be replaced. */
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

    /** Whether the throwable's own methods return what a log needs. */
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
            // the throwable's own code throws
            return null;
        }
    }

    private static Set<Throwable> none() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The text of the replaced throwable, with its type. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return text;
    }
}
