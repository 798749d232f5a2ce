package org.restream.reliability.blackbox;

import java.nio.file.Path;
import java.util.List;

/** The receiver: a mode of {@code restream listen}. */
enum Sink {
    OUTPUT,
    ONCE,
    STDOUT,
    ECHO,
    REPLY,
    EXEC_CAT,
    EXEC_SUM,
    /** Receives the whole body before the command starts. */
    WHOLE_SUM,
    /** Its answer begins two seconds after the end of the request. */
    EXEC_LATE;

    static final String REPLY_TEXT = "thank you";

    /** The arguments of {@code listen}. */
    List<String> arguments(Path stored) {
        return switch (this) {
            case OUTPUT -> List.of("--output", stored.toString());
            case ONCE -> List.of("--once");
            case STDOUT -> List.of();
            case ECHO -> List.of("--echo");
            case REPLY -> List.of("--reply", REPLY_TEXT);
            case EXEC_CAT -> List.of("--exec", "cat");
            case EXEC_SUM -> List.of("--exec", "sha256sum");
            case WHOLE_SUM -> List.of("--exec-whole", "sha256sum");
            case EXEC_LATE -> List.of("--exec", "sum=$(sha256sum); sleep 2; echo \"$sum\"");
        };
    }

    /** Whether the answer's body is the request's. */
    boolean returnsBody() {
        return this == ECHO || this == EXEC_CAT;
    }

    boolean returnsSum() {
        return this == EXEC_SUM || this == WHOLE_SUM || this == EXEC_LATE;
    }
}
