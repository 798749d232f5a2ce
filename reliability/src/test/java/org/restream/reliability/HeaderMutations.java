package org.restream.reliability;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.SplittableRandom;

/** Changes a message so that it is slightly wrong, or looks so. */
final class HeaderMutations {
    private static final String[] PIECES = {
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        "\0",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83d",
        "\\u0000",
        "null",
        "true",
        "-0",
        "-0.0",
        "1.0",
        "1e400",
        "1e-400",
        "1e99999999999",
        "9007199254740993",
        "0.1000000000000000055",
        "1E5",
        "-",
        ".5",
        "01",
        "NaN",
        "\"__proto__\":1,",
        "\"10\":1,\"9\":2,",
        "\"a\":1,\"a\":2,",
        "/**/",
        "'",
        "\u00ff",
        "\u00c3",
        "\u00e2\u0080\u00a8",
        "\u00ef\u00bb\u00bf",
        "\u00f0\u009f\u0098\u0080",
        "\u00ed\u00a0\u00bd",
        "\u001b[2J",
        "\u007f"
    };

    private HeaderMutations() {}

    static byte[] mutate(byte[] message, SplittableRandom random) {
        String text = new String(message, ISO_8859_1);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(4));
            String piece = switch (random.nextInt(5)) {
                case 0 -> "";
                case 1 -> String.valueOf((char) random.nextInt(0x100));
                case 2 -> text.substring(at, Math.min(text.length(), at + random.nextInt(40)));
                default -> PIECES[random.nextInt(PIECES.length)];
            };
            text = text.substring(0, at) + piece + text.substring(to);
        }
        return text.getBytes(ISO_8859_1);
    }
}
