package org.restream.cli.tls;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that can't be used for TLS. The message names the file and the rule that it breaks. */
public final class TlsFileException extends IOException {
    private static final long serialVersionUID = 1;

    public TlsFileException(Path file, String rule) {
        this(file, rule, null);
    }

    public TlsFileException(Path file, String rule, @Nullable Throwable cause) {
        super(file + ": " + rule, cause);
    }
}
