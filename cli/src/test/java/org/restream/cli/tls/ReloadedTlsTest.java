package org.restream.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.testing.TestCa;

class ReloadedTlsTest {
    private final TestCa ca = new TestCa();
    private final List<String> told = new ArrayList<>();
    private final ReloadedTls.Listener listener = new ReloadedTls.Listener() {
        @Override
        public void renewed(String line) {
            told.add("renewed " + line);
        }

        @Override
        public void refused(String line) {
            told.add("refused " + line);
        }
    };

    @TempDir
    Path folder;

    private PemFolder files;
    private Instant now = Instant.now();
    private Error broken;
    private ReloadedTls tls;

    @BeforeEach
    void load() throws Exception {
        files = new PemFolder(folder);
        files.write("own", ca.issue("first"));
        files.write("ca.pem", ca.certificatePem());
        tls = new ReloadedTls(
                new TlsFiles(files.path("own.pem"), files.path("own.key"), files.path("ca.pem")), this::now);
    }

    /** The clock, which each check reads. */
    private Instant now() {
        if (broken != null) {
            throw broken;
        }
        return now;
    }

    private void check() {
        tls.check(listener);
    }

    private Object inUse() {
        return tls.context();
    }

    @Test
    void where_nothing_changes_nothing_is_said() {
        Object before = inUse();
        check();
        check();
        assertThat(told).isEmpty();
        assertThat(inUse()).isSameAs(before);
    }

    @Test
    void new_files_are_used_for_new_connections() throws Exception {
        Object before = inUse();
        files.write("own", ca.issue("second"));
        check();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("renewed new certificates: [" + files.path("own.pem") + ", " + files.path("own.key")
                        + "], CN=second until ");
        assertThat(inUse()).isNotSameAs(before);
    }

    @Test
    void it_knows_until_when_the_certificates_in_use_are_valid() throws Exception {
        TestCa.Identity second = ca.issue("second");
        TestCa other = new TestCa();
        files.write("own", second);
        files.write("ca.pem", ca.certificatePem() + other.certificatePem());
        check();
        assertThat(tls.ownValidUntil())
                .contains(second.certificate().getNotAfter().toInstant());
        assertThat(tls.authoritiesValidUntil())
                .contains(ca.certificate().getNotAfter().toInstant());
        ReloadedTls ofNobody = new ReloadedTls(new TlsFiles(null, null, null), this::now);
        assertThat(ofNobody.ownValidUntil()).isEmpty();
        assertThat(ofNobody.authoritiesValidUntil()).isEmpty();
    }

    @Test
    void files_of_the_same_age_and_size_are_new_all_the_same() throws Exception {
        FileTime age = Files.getLastModifiedTime(files.path("ca.pem"));
        files.write("ca.pem", new TestCa().certificatePem());
        Files.setLastModifiedTime(files.path("ca.pem"), age);
        check();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("renewed new certificates: [" + files.path("ca.pem") + "]");
    }

    @Test
    void a_pair_that_is_written_half_changes_nothing_until_it_is_whole() throws Exception {
        Object before = inUse();
        TestCa.Identity second = ca.issue("second");
        files.write("own.pem", second.certificatePem());
        check();
        check();
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("refused " + files.path("own.key") + ": the key is not that of");
        assertThat(inUse()).isSameAs(before);

        files.write("own.key", second.keyPem());
        check();
        assertThat(told).hasSize(2).last().asString().startsWith("renewed ").contains("CN=second");
        assertThat(inUse()).isNotSameAs(before);
    }

    @Test
    void a_file_that_is_gone_is_waited_for() throws Exception {
        Object before = inUse();
        Files.move(files.path("own.key"), files.path("aside"));
        check();
        assertThat(told)
                .containsExactly("refused " + files.path("own.key")
                        + ": there is no such file; the certificates read before stay in use");
        Files.move(files.path("aside"), files.path("own.key"));
        check();
        assertThat(told).hasSize(1);
        assertThat(inUse()).isSameAs(before);
    }

    @Test
    void each_reason_is_told_once_and_after_it_was_right_again() throws Exception {
        String right = Files.readString(files.path("own.pem"));
        for (String text : List.of("", "", right.substring(0, 100), "", right, "")) {
            files.write("own.pem", text);
            check();
        }
        assertThat(told).hasSize(4).allSatisfy(line -> assertThat(line).startsWith("refused " + files.path("own.pem")));
    }

    @Test
    void a_link_that_leads_elsewhere_is_a_change() throws Exception {
        Path link = Files.createSymbolicLink(files.path("link.pem"), files.path("ca.pem"));
        files.write("other.pem", new TestCa().certificatePem());
        tls = new ReloadedTls(new TlsFiles(null, null, link), () -> now);
        Path next = Files.createSymbolicLink(files.path("next"), files.path("other.pem"));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        check();
        assertThat(told).containsExactly("renewed new certificates: [" + link + "]");
    }

    @Test
    void a_certificate_that_expires_in_use_is_told_of() {
        now = now.plus(Duration.ofDays(2));
        check();
        check();
        assertThat(told).singleElement().asString().contains("the certificate of CN=first has expired");
    }

    @Test
    void before_each_connection_the_files_are_looked_at_if_that_is_wished() throws Exception {
        SSLContext before = tls.checkedContext(listener);
        assertThat(told).isEmpty();
        files.write("own", ca.issue("second"));
        assertThat(tls.checkedContext(listener)).isNotSameAs(before);
        assertThat(told).hasSize(1);
    }

    @Test
    void no_session_lasts_longer_than_an_hour_whichever_context_it_began_under() throws Exception {
        assertSessionsLastAnHour(tls.context());
        files.write("own", ca.issue("second"));
        assertSessionsLastAnHour(tls.checkedContext(listener));
        assertThat(told).hasSize(1);
        assertSessionsLastAnHour(new ReloadedTls(new TlsFiles(null, null, null), () -> now).context());
    }

    private static void assertSessionsLastAnHour(SSLContext context) {
        assertThat(context.getClientSessionContext().getSessionTimeout()).isEqualTo(3_600);
        assertThat(context.getServerSessionContext().getSessionTimeout()).isEqualTo(3_600);
    }

    @Test
    void an_error_while_the_files_are_read_is_told_and_the_next_check_goes_on() throws Exception {
        Object before = inUse();
        broken = new NoClassDefFoundError("a bug");
        check();
        assertThat(told)
                .containsExactly(
                        "refused java.lang.NoClassDefFoundError: a bug; the certificates read before stay in use");
        assertThat(inUse()).isSameAs(before);
        broken = null;
        files.write("own", ca.issue("second"));
        check();
        assertThat(told).hasSize(2).last().asString().startsWith("renewed ");
    }

    @Test
    void a_listener_that_throws_does_not_make_new_files_wrong() throws Exception {
        files.write("own", ca.issue("second"));
        Object before = inUse();
        assertThatThrownBy(() -> tls.check(new ReloadedTls.Listener() {
                    @Override
                    public void renewed(String line) {
                        throw new IllegalStateException("a bug of the listener");
                    }

                    @Override
                    public void refused(String line) {
                        told.add("refused " + line);
                    }
                }))
                .hasMessage("a bug of the listener");
        assertThat(told).isEmpty();
        assertThat(inUse()).isNotSameAs(before);
        check();
        assertThat(told).isEmpty();
    }
}
