package org.restream.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.cli.tls.pem.BouncyCastleReader;
import org.restream.testing.TestCa;

/** What reads PEM files, where it is not on the class path: as in the distribution. */
class PemLibraryTest {
    private static final TestCa.Identity OWN = new TestCa().issue("a.example");

    @TempDir
    private Path folder;

    /** Has all that the tests have, but for the package and its library. */
    private static final ClassLoader CLASS_PATH = new ClassLoader(PemLibraryTest.class.getClassLoader()) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.restream.cli.tls.pem.") || name.startsWith("org.bouncycastle.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    };

    @BeforeEach
    void jars() throws Exception {
        Path classes = location(BouncyCastleReader.class);
        Path own = classes.resolve("org/restream/cli/tls/pem");
        try (OutputStream file = Files.newOutputStream(folder.resolve("pem.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> all = Files.list(own)) {
            for (Path each : all.toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                jar.write(Files.readAllBytes(each));
            }
        }
        for (Class<?> ofLibrary : new Class<?>[] {PEMParser.class, ASN1Object.class, EdECObjectIdentifiers.class}) {
            Path jar = location(ofLibrary);
            Path beside = folder.resolve(jar.getFileName());
            if (Files.notExists(beside)) {
                Files.createSymbolicLink(beside, jar);
            }
        }
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void it_is_loaded_from_the_folder_and_reads() throws Exception {
        PemReader reader = PemLibrary.load(folder, CLASS_PATH);

        assertThat(reader.getClass().getClassLoader())
                .isNotIn(CLASS_PATH, getClass().getClassLoader());
        PemText text = new PemText(Path.of("own.pem"), OWN.certificatePem() + OWN.keyPem());
        assertThat(reader.certificates(text)).containsExactly(OWN.certificate());
        assertThat(reader.privateKey(text).getAlgorithm()).isEqualTo("EC");
        assertThat(reader.commonName(OWN.certificate())).isEqualTo("a.example");
        PemText nothing = new PemText(Path.of("nothing.pem"), "");
        assertThatThrownBy(() -> reader.certificates(nothing))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith("nothing.pem: there is no certificate in it");
    }

    @Test
    void without_the_folder_it_is_that_of_the_class_path() {
        PemReader reader = PemLibrary.load(folder.resolve("missing"), getClass().getClassLoader());
        assertThat(reader).isInstanceOf(BouncyCastleReader.class);
    }

    @Test
    void where_it_is_missing_the_folder_is_named() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> PemLibrary.load(empty, CLASS_PATH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("what reads PEM files is not in " + empty);
    }
}
