package org.restream.cli.tls;

import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded from the files.
 *
 * @param identity our identity; null if we show no certificate
 */
record Loaded(SSLContext context, @Nullable Identity identity) {
    void checkValidAt(Instant now) throws TlsFileException {
        if (identity != null) {
            identity.checkValidAt(now);
        }
    }
}
