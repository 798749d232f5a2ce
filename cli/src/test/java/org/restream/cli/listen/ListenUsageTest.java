package org.restream.cli.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.Header;
import org.restream.cli.Main;

/** The errors of {@code restream listen} for wrong usage. */
class ListenUsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-p 99999                       | port must be 0 to 65535, not 99999",
                "-p banana                      | '--port': 'banana'",
                "--idle-timeout banana          | '--idle-timeout': 'banana' is not a duration",
                "--max-body 1z                  | '--max-body': '1z' is not a size",
                "--max-connections 0            | maxConnections must be 1 or more, not 0",
                "--echo --reply x               | --echo and --reply don't go together",
                "--echo --reply x --exec y      | --echo and --reply and --exec don't go together",
                "--max-connections-per-address -1 | maxConnectionsPerAddress must be 0 or more, not -1",
                "--name x                       | --name needs --output",
                "--overwrite --echo             | --overwrite needs --output",
                "--keep-partial 1h --echo       | --keep-partial needs --output",
                "--max-partial 1g               | --max-partial needs --output",
                "--output . --keep-partial 0    | --keep-partial must be more than 0, not 0",
                "--max-processes 3              | --max-processes needs --exec",
                "--exec x --exec-whole y        | --exec and --exec-whole don't go together",
                "--exec x --max-processes 0     | --max-processes must be 1 or more, not 0",
                "--output .. --name a/b         | --name 'a/b' is not a pattern",
                "--output .. --name {a          | --name '{a' is not a pattern",
                "--output /not-there            | --output '/not-there' is not a folder",
                "--keep 5m                      | --keep is for --sessions, which is not given",
                "--sessions --keep 25h          | '--keep': keep must be at most 1 day, but is PT25H",
                "--metrics 9464                 | '--metrics': '9464' is not HOST:PORT or [IPv6]:PORT, as in 127.0.0.1:9464",
                "--metrics localhost:           | '--metrics': 'localhost:' is not HOST:PORT",
                "--metrics ::1:9464             | '--metrics': '::1:9464' is not HOST:PORT",
                "--metrics [localhost]:9464     | '--metrics': '[localhost]:9464' is not HOST:PORT",
                "--metrics http://a:9464        | '--metrics': 'http://a:9464' is not HOST:PORT",
                "--metrics a:65536              | '--metrics': 'a:65536': the port must be 0 to 65535, not 65536",
                "--metrics=                     | '--metrics': '' is not HOST:PORT",
                "--reply-header x               | 'x' is not a header field: it takes name=text",
                "--reply-header =x              | '=x' is not a header field: it takes name=text",
                "--key x                        | --key needs --cert",
                "--client-ca x                  | --client-ca needs --cert",
                "--cert x --client-auth want    | --client-auth needs --client-ca",
                "--cert /not-there              | /not-there: there is no such file",
                "--cert pom.xml                 | pom.xml: there is no certificate in it",
                "--output=                      | --output needs a value, but it is empty",
                "--reply=                       | --reply needs a value, but it is empty",
                "--exec=                        | --exec needs a value, but it is empty",
                "--cert=                        | --cert needs a value, but it is empty",
                "--name= --output ..            | --name needs a value, but it is empty",
                "--idle-timeout=                | '--idle-timeout': '' is not a duration",
                "--host localhost:9967          | --host 'localhost:9967' is not a host name or address: give the port as -p 9967",
                "9967                           | '9967'; give a port as -p 9967",
                "-p banana -p 1 --max-body 1z   | '--port': 'banana'",
                "--banana                       | Unknown option: '--banana'",
                "file                           | Unmatched argument",
            })
    void a_wrong_call_is_2_and_one_line_with_value_and_rule(String arguments, String says) {
        assertThat(listen(arguments.trim().split(" +"))).isEqualTo(2);
        assertThat(err.toString()).contains(says).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void of_an_option_given_twice_the_last_counts() {
        assertThat(listen("-q", "-q", "--reply", "a", "--reply", "b", "-p", "1", "-p", "99999"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("port must be 0 to 65535, not 99999")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--log-format json --banana, true",
        "--banana --log-format=json, true",
        "--log-format text --banana --log-format json, true",
        "--log-format json --banana --log-format=text, false",
        "--banana -- --log-format json, false",
        "--log-format json --output=, true",
    })
    void json_means_json_also_of_a_wrong_call(String arguments, boolean json) throws Exception {
        assertThat(listen(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).hasLineCount(1);
        if (json) {
            assertThat(Header.parse(err.toString()))
                    .containsEntry("event", "error")
                    .containsEntry("exit", 2L);
        } else {
            assertThat(err.toString()).startsWith("restream listen: ");
        }
    }

    @Test
    void help_teaches_by_examples() {
        assertThat(listen("--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "restream listen --exec", "--max-body");
    }

    private int listen(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "listen";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
