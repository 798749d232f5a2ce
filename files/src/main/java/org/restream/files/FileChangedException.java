package org.restream.files;

import java.nio.file.Path;
import org.restream.RestreamException;

/** The file changed while it was sent, so that what the server has is neither the old file nor the new one. */
public final class FileChangedException extends RestreamException {
    private static final long serialVersionUID = 1;

    FileChangedException(Path file, String how) {
        super(file + " changed while it was sent: " + how);
    }
}
