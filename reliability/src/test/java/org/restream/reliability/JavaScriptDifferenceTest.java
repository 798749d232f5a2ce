package org.restream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.restream.Header;
import org.restream.RestreamException;
import org.restream.internal.wire.HeaderReader;
import org.restream.testing.NodePeer;
import org.restream.testing.RandomHeaders;
import org.restream.testing.WireVector;

/**
 * Gives the same bytes to our reader and to a JavaScript peer's: both get the same header and body, or both reject
 * them, apart from the differences that docs/wire.md lists.
 */
class JavaScriptDifferenceTest {
    private static final int MESSAGES = Scale.of(5_000, 50_000);
    /** How many are sent before the answers are read; they have to fit into the pipes. */
    private static final int BATCH = 40;

    private static final Path CORPUS = Path.of(System.getProperty("basedir", "."), "corpus/header");

    private final HeaderDifferences differences = new HeaderDifferences();
    private int taken;
    private int refused;

    /** Our reader's result for a message. */
    private record Ours(
            @Nullable Header header, byte[] body, @Nullable String refused) {}

    @Test
    @Timeout(300)
    void same_header_and_body_or_both_refuse() throws Exception {
        List<byte[]> messages = messages();
        try (NodePeer peer = NodePeer.start("judge")) {
            for (int i = 0; i < messages.size(); i += BATCH) {
                List<byte[]> batch = messages.subList(i, Math.min(messages.size(), i + BATCH));
                for (byte[] message : batch) {
                    peer.ask(Header.of("bytes", Base64.getEncoder().encodeToString(message)));
                }
                for (byte[] message : batch) {
                    compare(message, peer.result());
                }
            }
        }
        assertThat(differences.seen())
                .as("the differences that docs/wire.md lists")
                .isEqualTo(differences.listed());
        Figures.record(
                "javascript",
                String.format(
                        Locale.ROOT,
                        "%,d messages to both readers: %,d taken by ours and %,d refused; no difference but the %d"
                                + " kinds that [the wire](wire.md#differences-to-a-javascript-peer) lists, each of them"
                                + " seen",
                        messages.size(),
                        taken,
                        refused,
                        differences.seen().size()));
    }

    private void compare(byte[] message, Header theirs) throws Exception {
        Ours ours = read(message);
        String shown = shown(message);
        String json = theirs.getString("header");
        if (ours.refused() != null) {
            refused++;
            if (json != null) {
                differences.refusedHereOnly(ours.refused(), shown);
            }
        } else {
            taken++;
            assertThat(theirs.getString("refused")).as(shown).isNull();
            assertThat(Base64.getDecoder().decode(theirs.getString("body")))
                    .as(shown)
                    .isEqualTo(ours.body());
            if (ours.header() == null) {
                assertThat(theirs.getBoolean("none")).as(shown).isTrue();
            } else {
                differences.compare(ours.header(), Header.parse(String.valueOf(json)), shown);
            }
        }
    }

    private static Ours read(byte[] message) {
        HeaderReader reader = new HeaderReader(64 * 1024);
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            Header header = reader.take(in);
            if (header == null) {
                reader.end();
            }
            byte[] body = new byte[in.remaining()];
            in.get(body);
            return new Ours(header, body, null);
        } catch (RestreamException e) {
            return new Ours(null, new byte[0], e.getMessage());
        }
    }

    private static List<byte[]> messages() throws IOException {
        List<byte[]> known = new ArrayList<>();
        WireVector.all().forEach(vector -> known.add(vector.bytes()));
        try (Stream<Path> corpus = Files.list(CORPUS)) {
            for (Path file : corpus.sorted().toList()) {
                known.add(Files.readAllBytes(file));
            }
        }
        List<byte[]> all = new ArrayList<>(known);
        SplittableRandom random = new SplittableRandom(1);
        while (all.size() < MESSAGES) {
            byte[] made = random.nextInt(3) == 0
                    ? known.get(random.nextInt(known.size()))
                    : (Header.from(RandomHeaders.fields(random)) + "\n\nbody").getBytes(UTF_8);
            all.add(random.nextInt(4) == 0 ? made : HeaderMutations.mutate(made, random));
        }
        return all;
    }

    private static String shown(byte[] message) {
        return new String(Arrays.copyOf(message, Math.min(message.length, 500)), UTF_8);
    }
}
