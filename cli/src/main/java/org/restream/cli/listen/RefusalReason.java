package org.restream.cli.listen;

import java.util.Locale;

/** Why a request was refused: one of a few, for counting. */
enum RefusalReason {
    /** The body is larger than {@code --max-body}. */
    TOO_LARGE,
    /** The disk, or the folder, does not take it now. */
    STORAGE,
    /** The command of {@code --exec} has failed, or could not be started. */
    COMMAND,
    /** An upload of {@code send --resume} was refused. */
    UPLOAD,
    /** Another reason, such as a name that can't be made. */
    OTHER;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
