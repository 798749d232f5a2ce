package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/wire.md, played to a server in their order. */
class WireDocTest {
    private static final Pattern BLOCK = Pattern.compile("^```upload\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    Path temp;

    private static List<String> examples() throws IOException {
        Path page = Path.of("..", "docs", "wire.md");
        List<String> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            examples.add(block.group(1));
        }
        return examples;
    }

    @Test
    void the_server_says_what_the_page_says() throws Exception {
        List<String> examples = examples();
        assertThat(examples).hasSize(5);
        try (Receiving server = Receiving.start(temp)) {
            for (String example : examples) {
                play(example, server);
            }
            assertThat(Receiving.names(server.folder())).containsExactly("abc.txt");
        }
    }

    private static void play(String example, Receiving server) throws Exception {
        try (RawUpload raw = new RawUpload(server.address())) {
            for (String line : example.lines().toList()) {
                String text = line.substring(1).replace(" LF", "\n").replaceFirst("^ ", "");
                if (line.startsWith(">")) {
                    say(raw, text, server);
                } else {
                    hear(raw, text, example);
                }
            }
        }
    }

    private static void say(RawUpload raw, String text, Receiving server) throws IOException {
        String body = text.replaceFirst(" ?(FIN|RST)$", "");
        raw.say(body);
        if (text.endsWith("FIN")) {
            raw.end();
        } else if (text.endsWith("RST")) {
            // what has not been received yet is lost with a reset
            await().until(() -> server.parts().get(0).toFile().length() == body.length());
        }
    }

    private static void hear(RawUpload raw, String text, String example) throws IOException {
        String heard = text.contains("\n\n") ? raw.header() + "\n\n" : "";
        if (text.endsWith("FIN")) {
            heard += raw.rest();
        }
        assertThat(heard).as(example).isEqualTo(text.replaceFirst(" ?FIN$", ""));
    }
}
