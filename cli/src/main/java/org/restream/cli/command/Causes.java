package org.restream.cli.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Describes an exception in one line. */
public final class Causes {
    private Causes() {}

    public static String line(Throwable cause) {
        String message = cause.getMessage();
        if (message == null || message.isEmpty()) {
            return cause.getClass().getSimpleName();
        }
        if (cause instanceof FileSystemException e && e.getReason() == null) {
            // here getMessage() is the file name alone
            return message + ": " + reason(e);
        }
        return message;
    }

    /** The same without the file name, for messages that name the file already. */
    public static String withoutFile(Throwable cause) {
        if (cause instanceof FileSystemException e) {
            return e.getReason() == null ? reason(e) : e.getReason();
        }
        return line(cause);
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        return e instanceof AccessDeniedException
                ? "permission denied"
                : e.getClass().getSimpleName();
    }
}
