package org.restream.cli.tls;

import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What was made of the files.
 *
 * @param identity who we are; null where we show no certificate
 */
record Loaded(SSLContext context, @Nullable Identity identity) {
    void checkValidAt(Instant now) throws TlsFileException {
        if (identity != null) {
            identity.checkValidAt(now);
        }
    }
}
