package org.restream.internal.tls;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.testing.TestCa;

/** RFC 9525, section 6. */
class ServerIdentityTest {
    private static final TestCa CA = new TestCa();

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example",
        "A.Example, a.EXAMPLE",
        "a.example., a.example",
        "a.example, *.example",
        "127.0.0.1, 127.0.0.1",
        "::1, 0:0:0:0:0:0:0:1",
        "b\u00fccher.example, xn--bcher-kva.example",
        "localhost, localhost",
    })
    void matches(String host, String name) {
        assertThatCode(() -> new ServerIdentity(host).check(CA.issue(name).certificate()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, b.example",
        "a.b.example, *.example",
        "example, *.example",
        "a.example, a*.example",
        "a.example, *",
        "a.example, example",
        "127.0.0.1, 127.0.0.2",
        "127.0.0.1, ::1",
        "xa.example, a.example",
    })
    void does_not_match(String host, String name) {
        assertThatThrownBy(() -> new ServerIdentity(host).check(CA.issue(name).certificate()))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("the server's certificate is not for \"" + host + "\": it is for ");
    }
}
