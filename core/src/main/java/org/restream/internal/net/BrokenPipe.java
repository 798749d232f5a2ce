package org.restream.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes EPIPE from other errors of a write. On Linux the first write after a reset fails with EPIPE if the
 * peer's FIN came before its reset, so that its message ended cleanly, and with ECONNRESET otherwise (tcp_reset in the
 * kernel's tcp_input.c). The JDK does not report the error number, only the system's text for it, in the user's
 * language.
 */
final class BrokenPipe {
    /** Determined once, when a write has failed for the first time. */
    private static volatile @Nullable String textOfThisSystem;

    private BrokenPipe() {}

    static boolean is(IOException error) {
        String text = textOfThisSystem;
        if (text == null) {
            text = ask();
            textOfThisSystem = text;
        }
        return text != null && text.equals(error.getMessage());
    }

    /** For tests. */
    static void forget() {
        textOfThisSystem = null;
    }

    /** Breaks a pipe to get the text, also if this thread is interrupted; null if no pipe can be opened now. */
    private static @Nullable String ask() {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                Pipe pipe = Pipe.open();
                try (Pipe.SinkChannel sink = pipe.sink()) {
                    pipe.source().close();
                    return write(sink);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } catch (IOException e) {
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static @Nullable String write(Pipe.SinkChannel broken) throws ClosedByInterruptException {
        try {
            broken.write(ByteBuffer.allocate(1));
            return null;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
