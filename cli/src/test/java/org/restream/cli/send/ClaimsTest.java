package org.restream.cli.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.Header;
import org.restream.cli.command.Digest;

/** Compares a server's claims with the body that was sent, "hello", and the body of the answer, "hi". */
class ClaimsTest {
    /** The output of {@code printf hello | sha256sum}. */
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static final String HI = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";
    private static final String OTHER = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            nullValues = "-",
            value = {
                // no claims
                "{}                              | true  | -",
                "{}                              | false | -",
                "{'name':'a','bytes':9}          | true  | -",
                // about the body that was sent
                "{'size':5}                      | true  | -",
                "{'sha256':'HELLO'}              | true  | -",
                "{'size':5,'sha256':'HELLO'}     | true  | -",
                // about the answer's body
                "{'size':2}                      | true  | -",
                "{'sha256':'HI'}                 | true  | -",
                "{'size':2,'sha256':'HI'}        | false | -",
                "{'size':5,'sha256':'HI'}        | true  | -",
                // matching neither
                "{'size':4}                      | true  | `size` 4, but 5 bytes were sent",
                "{'size':0}                      | true  | `size` 0, but 5 bytes were sent",
                "{'size':-1}                     | true  | `size` -1, but 5 bytes were sent",
                "{'size':18446744073709551621}   | true  | `size` 18446744073709551621, but 5 bytes were sent",
                "{'sha256':'OTHER'}              | true  | `sha256` OTHER, but what was sent has HELLO",
                "{'size':5,'sha256':'OTHER'}     | true  | `sha256` OTHER, but what was sent has HELLO",
                "{'size':4,'sha256':'HELLO'}     | true  | `size` 4, but 5 bytes were sent",
                "{'size':4,'sha256':'OTHER'}     | true  | `size` 4, but 5 bytes were sent; `sha256` OTHER, but what was sent has HELLO",
                // about a body that was not sent completely
                "{'size':5}                      | false | `size` 5, but only a part was sent: 5 bytes",
                "{'size':4}                      | false | `size` 4, but only a part was sent: 5 bytes",
                "{'sha256':'HELLO'}              | false | `sha256` HELLO, but only a part was sent: 5 bytes",
                // fields with other meanings
                "{'size':'4'}                    | true  | -",
                "{'size':4.5}                    | true  | -",
                "{'size':null,'sha256':null}     | true  | -",
                "{'size':'XXL','sha256':['a']}   | true  | -",
                "{'sha256':'0123'}               | true  | -",
                "{'sha256':'OTHER0'}             | true  | -",
                "{'sha256':'gg23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'} | true | -",
            })
    void each_has_to_be_true_of_one_of_them(String header, boolean whole, @Nullable String wrong) throws Exception {
        Claims claims = new Claims(Header.parse(filled(header).replace('\'', '"')));
        assertThat(claims.contradiction(digest("hello"), whole, digest("hi")))
                .isEqualTo(
                        wrong == null
                                ? null
                                : "the answer says " + filled(wrong).replace('`', '"'));

        // upper case is the same
        Claims loud = new Claims(Header.parse(
                filled(header).replace('\'', '"').replace(HELLO, HELLO.toUpperCase(java.util.Locale.ROOT))));
        assertThat(loud.contradiction(digest("hello"), whole, digest("hi")) == null)
                .isEqualTo(wrong == null);
    }

    private static String filled(String text) {
        return text.replace("HELLO", HELLO).replace("HI", HI).replace("OTHER", OTHER);
    }

    private static Digest digest(String text) {
        Digest.Builder digest = new Digest.Builder();
        byte[] bytes = text.getBytes(UTF_8);
        digest.add(bytes, bytes.length);
        return digest.build();
    }
}
