package org.restream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The output is the same in every locale: Turkish has two letters i, and Egyptian Arabic has its own digits. */
class LocaleTest {
    private static final List<List<String>> CALLS = List.of(
            List.of("listen", "--help"),
            List.of("listen", "x", "y"),
            List.of("listen", "-p", "99999"),
            List.of("send", "-s", "127.0.0.1:1", "--max-failures", "1", "-q"));

    @Test
    void what_it_says_does_not_depend_on_the_language() throws Exception {
        for (List<String> call : CALLS) {
            String english = said("en-US", call);
            for (String language : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-nu-thai")) {
                assertThat(said(language, call)).as("%s: %s", language, call).isEqualTo(english);
            }
        }
    }

    private static String said(String language, List<String> call) throws Exception {
        Locale locale = Locale.forLanguageTag(language);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=" + locale.getLanguage(),
                "-Duser.country=" + locale.getCountry(),
                "-Duser.extensions=" + (language.contains("-u-") ? language.replaceFirst(".*-u-", "") : ""),
                "-cp",
                System.getProperty("java.class.path"),
                "org.restream.cli.Main"));
        command.addAll(call);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isLessThan(4);
        return said;
    }
}
