package org.restream.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.restream.cli.Main;
import org.restream.cli.command.ExitStatus;
import picocli.CommandLine;

class SendUsageTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--timeout banana      | '--retry-delay': 'banana' is not a duration: it takes a number and ms, s, m or h",
                "-s host:99999         | '--server' (HOST[:PORT]): \"host:99999\" is not a server address",
                "-s host:99999         | port must be 1 to 65535, not 99999",
                "--header-json [1]     | '--header-json': '[1]' is not a header, which is one JSON object",
                "-H colour             | 'colour' is not a header field: it takes name=text, or name:=json",
                "-H n:=many            | 'n:=many' is not a header field: what follows := must be JSON",
                "--nonsense            | Unknown option: '--nonsense'",
                "--jitter 2            | '--jitter': jitter must be from 0 to 1, not 2.0",
                "--jitter much         | '--jitter': 'much' is not a number",
                "--reset-timeout 0     | '--reset-timeout': resetTimeout must be 1 or more, not 0",
                "--max-failures -1     | '--max-failures': maxFailures must be 0 or more, not -1",
                "--connect-timeout 0   | '--connect-timeout': '0': it must be more than 0",
                "--idle-timeout 1day   | '--idle-timeout': '1day' is not a duration",
                "-j 0                  | '-j': it takes 1 or more, not 0",
                "- -                   | stdin (-) can be sent only once",
                "--exec date pom.xml   | --exec sends the command's output, so it takes no FILE: pom.xml",
                "--exec date -         | --exec sends the command's output, so it takes no FILE: -",
                "--exec=               | --exec needs a value, but it is empty",
                "no/such/file          | no/such/file: there is no such file",
                "--key x               | --key needs --cert",
                "--cert /not-there     | /not-there: there is no such file",
                "--cacert ..           | ..: it is a folder; a PEM file is needed",
                "--cacert pom.xml      | pom.xml: there is no certificate in it",
                "--cacert=             | --cacert needs a value, but it is empty",
                "--header-json=        | '--header-json': '' is not a header",
                "-s http://host:1/     | 'http://host:1/' is not a server address (host, host:port or [IPv6]:port): leave http:// out, as in host:1",
                "-s localhost 9967     | 9967: there is no such file; a server's port follows a colon, as in -s host:9967",
                "--log-format xml      | '--log-format'",
            })
    void wrong_usage_is_one_line_that_names_value_and_rule(String args, String said) {
        assertThat(send(args.strip().split(" "))).isEqualTo(ExitStatus.USAGE);

        assertThat(err.toString()).startsWith("restream send: ").contains(said).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_folder_is_no_file(@TempDir Path folder) {
        assertThat(send(folder.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains(folder + ": it is a folder; a file is needed");
    }

    @Test
    void a_file_that_is_not_there_is_found_before_anything_is_sent(@TempDir Path folder) throws Exception {
        Path there = java.nio.file.Files.writeString(folder.resolve("there"), "x");

        assertThat(send("-s", "127.0.0.1:1", there.toString(), "not-there")).isEqualTo(ExitStatus.USAGE);

        assertThat(err.toString()).contains("not-there: there is no such file").hasLineCount(1);
    }

    @Test
    void a_port_follows_a_colon() {
        assertThat(send("-s", "localhost 9967")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("a port follows a colon, as in localhost:9967");
    }

    @Test
    void for_json_wrong_usage_is_a_line_of_json_too() {
        assertThat(send("--nonsense", "--log-format", "json")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().strip())
                .isEqualTo("{\"event\":\"error\",\"message\":\"Unknown option: '--nonsense'\",\"exit\":2}");
    }

    @Test
    void help_teaches_by_examples() {
        assertThat(send("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: restream send", "restream send --exec 'pg_dump db' -H db=orders", "Exit");
    }

    private int send(String... args) {
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[args.length + 1];
        all[0] = "send";
        System.arraycopy(args, 0, all, 1, args.length);
        return command.execute(all);
    }
}
