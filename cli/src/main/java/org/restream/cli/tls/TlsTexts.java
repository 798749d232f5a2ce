package org.restream.cli.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The contents of {@link TlsFiles} at one time: equal where no byte is another. */
record TlsTexts(
        @Nullable PemText certificates,
        @Nullable PemText key,
        @Nullable PemText authorities) {
    /** How long a session can be resumed: so long nobody asks again whether who began it is trusted still. */
    private static final Duration SESSION_LIFE = Duration.ofHours(1);

    /** The files whose text is another now. */
    List<Path> changedSince(TlsTexts before) {
        List<Path> changed = new ArrayList<>();
        for (@Nullable PemText text : Arrays.<@Nullable PemText>asList(certificates, key, authorities)) {
            if (text != null && !before.has(text)) {
                changed.add(text.file());
            }
        }
        return changed;
    }

    private boolean has(PemText text) {
        return text.equals(certificates) || text.equals(key) || text.equals(authorities);
    }

    /**
     * Makes a context of them, once all of it is known to be right.
     *
     * @param now a certificate of ours must be valid now
     */
    Loaded load(Instant now) throws TlsFileException {
        Identity identity = certificates == null ? null : Identity.of(certificates, key == null ? certificates : key);
        if (identity != null) {
            identity.checkValidAt(now);
        }
        TrustManager[] trust =
                authorities == null ? null : Authorities.of(authorities).trustManagers();
        KeyManager[] keys = identity == null ? null : identity.keyManagers();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            int seconds = (int) SESSION_LIFE.toSeconds();
            context.getClientSessionContext().setSessionTimeout(seconds);
            context.getServerSessionContext().setSessionTimeout(seconds);
            return new Loaded(context, identity);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
