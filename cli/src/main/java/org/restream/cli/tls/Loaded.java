package org.restream.cli.tls;

import java.time.Instant;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded from the files.
 *
 * @param identity our identity; null if we show no certificate
 * @param authorities whom we trust; null for those that Java trusts
 */
record Loaded(
        SSLContext context,
        @Nullable Identity identity,
        @Nullable Authorities authorities) {
    void checkValidAt(Instant now) throws TlsFileException {
        if (identity != null) {
            identity.checkValidAt(now);
        }
    }
}
