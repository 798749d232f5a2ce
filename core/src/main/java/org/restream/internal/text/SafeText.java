package org.restream.internal.text;

/** The text of foreign objects, such as a user's exception, whose own code may throw or run out of stack. */
public final class SafeText {
    private SafeText() {}

    /** The object's text, or the name of its type if its own code throws. */
    public static String of(Object object) {
        try {
            return String.valueOf(object.toString());
        } catch (Throwable e) {
            return object.getClass().getName();
        }
    }

    /** The throwable's message, or the name of its type if it has none or its own code throws. */
    public static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? thrown.getClass().getSimpleName() : message;
        } catch (Throwable e) {
            return thrown.getClass().getName();
        }
    }
}
