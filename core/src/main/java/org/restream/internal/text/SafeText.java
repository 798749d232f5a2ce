package org.restream.internal.text;

/** The text of what is not ours: a user's exception or event, whose own code may throw, or be too deep. */
public final class SafeText {
    private SafeText() {}

    /** Its text; the name of its type, where its own code throws instead. */
    public static String of(Object object) {
        try {
            return String.valueOf(object.toString());
        } catch (Throwable e) {
            return object.getClass().getName();
        }
    }

    /** Its message; the name of its type, where it has none, or its own code throws instead. */
    public static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? thrown.getClass().getSimpleName() : message;
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }
}
