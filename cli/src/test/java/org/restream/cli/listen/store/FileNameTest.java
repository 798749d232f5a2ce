package org.restream.cli.listen.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.Header;

class FileNameTest {
    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01.999Z");

    @ParameterizedTest
    @CsvSource({
        "dump.sql, dump.sql",
        "a b, a b",
        "../../etc/passwd, ______etc_passwd",
        "/etc/passwd, _etc_passwd",
        "., _",
        ".., __",
        ".profile, _profile",
        "-rf, _rf",
        "--checkpoint-action=exec=sh x.sh, __checkpoint-action=exec=sh x.sh",
        "@/etc/hostname, __etc_hostname",
        "+q, _q",
        "~root, _root",
        "'|sh x', _sh x",
        "'>x', _x",
        "=ls, _ls",
        ":x, _x",
        "-@+x, ___x",
        "_-x, __x",
        "' @x', _x",
        "(1) a.pdf, (1) a.pdf",
        "[x] 100% @home+1.txt, [x] 100% @home+1.txt",
        "a\\b, a_b",
        "' a ', a",
        "'\u202eexe.txt', _exe.txt",
    })
    void a_name_is_made_safe(String text, String name) {
        assertThat(FileName.safe(text)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\t \r\n"})
    void of_nothing_there_is_no_name(String text) {
        assertThat(FileName.safe(text)).isEmpty();
    }

    @Test
    void no_name_leaves_the_folder_whatever_it_is_made_of() {
        char[] letters = {
            '.', '/', '\\', '\0', '-', '@', '+', '|', ' ', '~', 'a', 'ü', '\n', '\u202e', '\ud83d', '\ude00', ':', '_'
        };
        Path folder = Path.of("/tmp/folder");
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(300); length > 0; length--) {
                text.append(letters[random.nextInt(letters.length)]);
            }
            String name = FileName.safe(text.toString());
            if (!name.isEmpty()) {
                Path file = folder.resolve(name + ".json").normalize();
                assertThat(file.getParent()).as("seed %d", seed).isEqualTo(folder);
                assertThat(name)
                        .as("seed %d", seed)
                        .doesNotStartWith(".")
                        .doesNotStartWith("-")
                        .doesNotStartWith("@")
                        .doesNotStartWith("+")
                        .doesNotStartWith("~")
                        .doesNotStartWith("|")
                        .doesNotContain("\0");
                assertThat(name.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(200);
            }
        }
    }

    @Test
    void a_long_name_keeps_its_extension() {
        assertThat(FileName.safe("ü".repeat(300) + ".tar")).isEqualTo("ü".repeat(98) + ".tar");
    }

    @ParameterizedTest
    @CsvSource({
        "a.sql, 1, a.sql",
        "a.sql, 2, a-2.sql",
        "a, 3, a-3",
        "a.b.c, 2, a.b-2.c",
        "a.a long sentence, 2, a.a long sentence-2"
    })
    void a_number_goes_before_the_extension(String name, int n, String numbered) {
        assertThat(FileName.numbered(name, n)).isEqualTo(numbered);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{name}          | {'name':'a.sql'}            | a.sql",
                "{name}-{n}.sql  | {'name':'a'}                | a-7.sql",
                "{time}_{db}     | {'db':'orders'}             | 20260504T030201Z_orders",
                "x-{id}-{ok}     | {'id':42,'ok':true}         | x-42-true",
                "{name}          | {'name':'../../x'}          | ______x",
                "{name}          | {'name':'{n}'}              | {n}",
                "fixed           | {}                          | fixed",
                "{name}          | {}                          | 20260504T030201Z-7",
                "{name}          | {'name':''}                 | 20260504T030201Z-7",
                "{name}          | {'name':null}               | 20260504T030201Z-7",
                "{name}          | {'name':['a']}              | 20260504T030201Z-7",
                "{name}.{kind}   | {'name':'a'}                | 20260504T030201Z-7",
            })
    void a_pattern_takes_fields_and_falls_back_to_a_unique_name(String pattern, String header, String name)
            throws Exception {
        Header fields = Header.parse(header.replace('\'', '"'));
        assertThat(new NamePattern(pattern).fill(fields, 7, NOW)).isEqualTo(name);
    }
}
