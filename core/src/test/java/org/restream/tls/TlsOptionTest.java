package org.restream.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.restream.ClientAuth;
import org.restream.ClientOptions;
import org.restream.ServerOptions;
import org.restream.testing.TestCa;

class TlsOptionTest {
    private static final String ANSWERS_ENDS = "jdk.tls.acknowledgeCloseNotify";

    /** A context of a provider that supports only TLS 1.2. */
    private static final class Old extends SSLContext {
        Old() {
            super(new OldSpi(), new Provider("old", "1", "") {}, "TLS");
        }
    }

    private static final class OldSpi extends SSLContextSpi {
        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return new SSLParameters(new String[0], new String[] {"TLSv1.1", "TLSv1.2"});
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return null;
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return null;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return null;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return null;
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return null;
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return null;
        }
    }

    @Test
    void is_kept() {
        SSLContext context = new TestCa().context();
        assertThat(ClientOptions.defaults().tls(context).tls()).isSameAs(context);
        assertThat(ServerOptions.defaults().tls(context).tls()).isSameAs(context);
        assertThat(ServerOptions.defaults().clientAuth(ClientAuth.WANT).clientAuth())
                .isEqualTo(ClientAuth.WANT);
    }

    @Test
    void the_last_of_one_context_and_a_source_of_them_counts() {
        SSLContext one = new TestCa().context();
        SSLContext other = new TestCa().context();
        assertThat(ClientOptions.defaults().tls(one).tlsFrom(() -> other).tls()).isSameAs(other);
        assertThat(ServerOptions.defaults().tls(one).tlsFrom(() -> other).tls()).isSameAs(other);
        assertThat(ClientOptions.defaults().tlsFrom(() -> one).tls(other).tls()).isSameAs(other);
        assertThat(ServerOptions.defaults()
                        .tlsFrom(() -> one)
                        .tls(other)
                        .tlsFrom()
                        .get())
                .isSameAs(other);
    }

    @Test
    void a_source_whose_first_context_is_none_is_refused() throws Exception {
        SSLContext raw = SSLContext.getInstance("TLS");
        assertThatThrownBy(() -> ServerOptions.defaults().tlsFrom(() -> raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the context of tlsFrom must be initialised (SSLContext.init)");
        assertThatThrownBy(() -> ClientOptions.defaults().tlsFrom(() -> null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the context of tlsFrom must not be null");
    }

    @Test
    void a_context_that_is_not_initialised_is_refused() throws Exception {
        SSLContext raw = SSLContext.getInstance("TLS");
        assertThatThrownBy(() -> ServerOptions.defaults().tls(raw))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tls must be initialised (SSLContext.init)");
    }

    @Test
    void a_context_without_the_version_is_refused() {
        assertThatThrownBy(() -> ClientOptions.defaults().tls(new Old()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tls must support TLSv1.3, but supports only [TLSv1.1, TLSv1.2]");
    }

    @Test
    void a_jvm_that_answers_every_end_with_one_is_named() {
        SSLContext context = new TestCa().context();
        System.setProperty(ANSWERS_ENDS, "true");
        try {
            assertThatThrownBy(() -> ClientOptions.defaults().tls(context))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jdk.tls.acknowledgeCloseNotify is true");
        } finally {
            System.clearProperty(ANSWERS_ENDS);
        }
    }

    @Test
    void null_is_refused() {
        assertThatThrownBy(() -> ClientOptions.defaults().tls(null)).hasMessage("tls must not be null");
        assertThatThrownBy(() -> ServerOptions.defaults().tls(null)).hasMessage("tls must not be null");
        assertThatThrownBy(() -> ClientOptions.defaults().tlsFrom(null)).hasMessage("tlsFrom must not be null");
        assertThatThrownBy(() -> ServerOptions.defaults().tlsFrom(null)).hasMessage("tlsFrom must not be null");
        assertThatThrownBy(() -> ServerOptions.defaults().clientAuth(null)).hasMessage("clientAuth must not be null");
    }
}
