package org.restream.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.restream.Header;
import org.restream.Outgoing;
import org.restream.Refusal;

/** What a client is told whose upload does not go on. */
final class Refusals {
    /** When a client comes again whose bytes could not be stored. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private Refusals() {}

    static Refusal takenOver() {
        return new Refusal("taken over: a newer connection goes on with this upload");
    }

    /** What is on the way may make an end of a cut. */
    static Refusal cut(long size, long came) {
        return new Refusal("the header says " + size + " bytes, the body ended at " + came, Duration.ZERO);
    }

    /** What a store throws: a refusal of its own, or a trouble of the disk, which may pass. */
    static Refusal of(IOException trouble) {
        if (trouble instanceof Refusal refusal) {
            return refusal;
        }
        // not where it was to be stored: that is nobody else's business
        Refusal refusal = new Refusal("it can't be stored now: " + reason(trouble), RETRY_AFTER);
        refusal.initCause(trouble);
        return refusal;
    }

    private static String reason(IOException trouble) {
        String known = trouble instanceof FileSystemException file ? file.getReason() : trouble.getMessage();
        if (known != null) {
            return known;
        }
        if (trouble instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        return trouble instanceof AccessDeniedException
                ? "permission denied"
                : trouble.getClass().getSimpleName();
    }

    /** Says no in the answer's body, where its header has gone out: by the same object that core says in a header. */
    static void say(Refusal refusal, Outgoing res) {
        Map<String, Object> refused = new LinkedHashMap<>();
        refused.put("reason", refusal.reason());
        refusal.retryAfter().ifPresent(time -> refused.put("retryMs", time.toMillis()));
        try {
            res.end(Header.of("refused", refused).toString());
        } catch (IOException e) {
            // the peer is gone: it comes again, or does not
            return;
        }
    }
}
