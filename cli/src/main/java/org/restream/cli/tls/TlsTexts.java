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

/** The contents of {@link TlsFiles} at one time; two are equal if all bytes are. */
record TlsTexts(
        @Nullable PemText certificates,
        @Nullable PemText key,
        @Nullable PemText authorities) {
    /** How long a session can be resumed. Until then nobody checks again whether the peer is still trusted. */
    private static final Duration SESSION_LIFE = Duration.ofHours(1);

    /** The files whose content has changed. */
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
     * Checks everything, and makes a context of it.
     *
     * @param now the time at which our certificate must be valid
     */
    Loaded load(Instant now) throws TlsFileException {
        Identity identity = certificates == null ? null : Identity.of(certificates, key == null ? certificates : key);
        if (identity != null) {
            identity.checkValidAt(now);
        }
        Authorities trusted = authorities == null ? null : Authorities.of(authorities);
        TrustManager[] trust = trusted == null ? null : trusted.trustManagers();
        KeyManager[] keys = identity == null ? null : identity.keyManagers();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            int seconds = (int) SESSION_LIFE.toSeconds();
            context.getClientSessionContext().setSessionTimeout(seconds);
            context.getServerSessionContext().setSessionTimeout(seconds);
            return new Loaded(context, identity, trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }
}
