package org.restream.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.testing.TestCa;

/** What the files may contain, and the errors for what they may not. */
class TlsFilesTest {
    private static final TestCa CA = new TestCa();
    private static final TestCa.Identity OWN = CA.issue("a.example");
    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    private PemFolder files;

    @BeforeEach
    void write() throws Exception {
        files = new PemFolder(folder);
        files.write("own", OWN);
        files.write("ca.pem", CA.certificatePem());
    }

    private Loaded load(String certificates, String key) throws TlsFileException {
        return new TlsFiles(files.path(certificates), key.isEmpty() ? null : files.path(key), files.path("ca.pem"))
                .read()
                .load(NOW);
    }

    private void refused(String certificates, String key, String file, String rule) {
        assertThatThrownBy(() -> load(certificates, key))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(files.path(file) + ": ")
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void a_key_may_be_pkcs8(String algorithm) throws Exception {
        TestCa.Identity identity = CA.issueWith(algorithm, "a.example");
        files.write("kind", identity);
        assertThat(load("kind.pem", "kind.key").identity().chain()).containsExactly(identity.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void a_key_may_be_of_the_older_forms(String algorithm) throws Exception {
        TestCa.Identity identity = CA.issueWith(algorithm, "a.example");
        files.write("kind.pem", identity.certificatePem());
        files.write("kind.key", PemFolder.traditional(identity));
        assertThat(Files.readString(files.path("kind.key")))
                .startsWith("-----BEGIN " + algorithm + " PRIVATE KEY-----");
        assertThat(load("kind.pem", "kind.key").identity().chain()).containsExactly(identity.certificate());
    }

    @Test
    void parameters_before_an_ec_key_are_passed_over() throws Exception {
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        files.write("own.key", parameters + PemFolder.traditional(OWN));
        assertThat(load("own.pem", "own.key").identity()).isNotNull();
    }

    @Test
    void the_key_may_be_in_the_file_of_the_certificate() throws Exception {
        files.write("both.pem", "Subject: text is allowed\n" + OWN.keyPem() + OWN.certificatePem());
        assertThat(load("both.pem", "").identity()).isNotNull();
    }

    @Test
    void a_chain_is_shown_in_its_order_whatever_that_of_the_file() throws Exception {
        files.write("chain.pem", CA.certificatePem() + new TestCa().certificatePem() + OWN.certificatePem());
        assertThat(load("chain.pem", "own.key").identity().chain())
                .containsExactly(OWN.certificate(), CA.certificate());
    }

    @Test
    void no_such_file() {
        refused("nope.pem", "own.key", "nope.pem", "there is no such file");
        refused("own.pem", "nope.key", "nope.key", "there is no such file");
    }

    @Test
    void a_folder_is_no_file() throws Exception {
        Files.createDirectory(files.path("folder"));
        refused("folder", "own.key", "folder", "it is a folder; a PEM file is needed");
    }

    @Test
    void a_file_that_may_not_be_read() throws Exception {
        Files.setPosixFilePermissions(files.path("own.key"), PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(files.path("own.key")), "root may read everything");
        refused("own.pem", "own.key", "own.key", "the file can't be read: permission denied");
    }

    @Test
    void no_certificate_in_it() {
        refused("own.key", "own.key", "own.key", "there is no certificate in it");
    }

    @Test
    void no_key_in_it() {
        refused("own.pem", "", "own.pem", "there is no private key in it");
    }

    @Test
    void two_keys_in_it() throws Exception {
        files.write("own.key", OWN.keyPem() + OWN.keyPem());
        refused("own.pem", "own.key", "own.key", "there are 2 private keys in it: one is needed");
    }

    @Test
    void an_encrypted_key() throws Exception {
        files.write("own.key", PemFolder.encrypted(OWN));
        refused("own.pem", "own.key", "own.key", "its key is encrypted");
        files.write("own.key", PemFolder.encryptedTraditional(OWN));
        refused("own.pem", "own.key", "own.key", "decrypt it (openssl pkey -in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void the_key_of_another_certificate(String algorithm) throws Exception {
        files.write("own.pem", CA.issueWith(algorithm, "a.example").certificatePem());
        files.write("own.key", CA.issueWith(algorithm, "a.example").keyPem());
        refused("own.pem", "own.key", "own.key", "the key is not that of the certificate in " + files.path("own.pem"));
    }

    @Test
    void a_key_of_another_kind() throws Exception {
        files.write("own.key", CA.issueWith("RSA", "a.example").keyPem());
        refused("own.pem", "own.key", "own.key", "the key is not that of the certificate in ");
    }

    @Test
    void an_expired_certificate() throws Exception {
        files.write("own", CA.issueExpired("a.example"));
        refused("own.pem", "own.key", "own.pem", "the certificate of CN=a.example has expired: it was valid until ");
    }

    @Test
    void a_certificate_that_is_not_valid_yet() {
        TlsFiles all = new TlsFiles(files.path("own.pem"), files.path("own.key"), null);
        assertThatThrownBy(() -> all.read().load(NOW.minus(Duration.ofDays(2))))
                .hasMessageContaining("the certificate of CN=a.example is not valid yet: it will be from ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.95})
    void half_a_file(double share) throws Exception {
        String whole = OWN.certificatePem();
        files.write("own.pem", whole.substring(0, (int) (whole.length() * share)));
        assertThatThrownBy(() -> load("own.pem", "own.key"))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(files.path("own.pem") + ": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "\0\u00ff\n-----BEGIN",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            })
    void no_pem_file_at_all(String text) throws Exception {
        files.write("own.pem", text);
        assertThatThrownBy(() -> load("own.pem", "own.key"))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(files.path("own.pem") + ": ");
    }

    @Test
    void authorities_without_a_certificate() throws Exception {
        files.write("ca.pem", "");
        refused("own.pem", "own.key", "ca.pem", "there is no certificate in it");
    }

    @Test
    void a_byte_order_mark_before_the_text_is_passed_over() throws Exception {
        files.write("own.pem", "\ufeff" + OWN.certificatePem());
        files.write("own.key", "\ufeff" + OWN.keyPem());
        files.write("ca.pem", "\ufeff" + CA.certificatePem());
        assertThat(load("own.pem", "own.key").identity().chain()).containsExactly(OWN.certificate());
    }

    @Test
    void what_is_neither_a_certificate_nor_a_key_is_passed_over() throws Exception {
        String parameters = "-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n";
        files.write("both.pem", parameters + OWN.keyPem() + parameters + OWN.certificatePem());
        assertThat(load("both.pem", "").identity()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENSSH PRIVATE KEY", "ANY PRIVATE KEY", "SSH2 ENCRYPTED PRIVATE KEY"})
    void a_key_in_a_form_that_is_not_of_tls_is_called_by_its_name(String form) throws Exception {
        files.write("own.key", "-----BEGIN " + form + "-----\nAAAA\n-----END " + form + "-----\n");
        refused("own.pem", "own.key", "own.key", "its key is in the form '" + form + "', which is not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DSA", "DH", "X25519"})
    void a_key_that_signs_nothing_in_tls_is_called_by_its_kind(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (!algorithm.equals("X25519")) {
            generator.initialize(1024);
        }
        files.write("own.key", PemFolder.pkcs8(generator.generateKeyPair().getPrivate()));
        refused("own.pem", "own.key", "own.key", "its key is of the kind " + algorithm + ": TLS 1.3 takes EC, RSA");
    }

    @Test
    void a_dsa_key_of_the_older_form_is_called_so() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
        generator.initialize(1024);
        files.write("own.key", PemFolder.traditional(generator.generateKeyPair().getPrivate()));
        refused("own.pem", "own.key", "own.key", "its key is of the kind DSA: TLS 1.3 takes EC, RSA");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_ec_key_with_explicit_parameters_is_called_so(boolean pkcs8) throws Exception {
        files.write("own.key", PemFolder.explicitEc(OWN, pkcs8));
        refused("own.pem", "own.key", "own.key", "its key is an EC key with explicit parameters: ");
    }

    @Test
    void an_ec_key_of_a_curve_that_java_does_not_have_is_called_by_its_curve() throws Exception {
        files.write("own.key", PemFolder.ofCurve(OWN, "secp192k1"));
        refused("own.pem", "own.key", "own.key", "its key is an EC key of the curve 1.3.132.0.31: TLS 1.3 takes ");
    }

    @Test
    void an_rsa_key_for_pss_alone_is_the_certificates() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSASSA-PSS");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        assertThat(KeyPairs.match(pair.getPrivate(), pair.getPublic())).isTrue();
        assertThat(KeyPairs.match(pair.getPrivate(), generator.generateKeyPair().getPublic()))
                .isFalse();
    }
}
