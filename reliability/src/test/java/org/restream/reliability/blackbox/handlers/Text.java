package org.restream.reliability.blackbox.handlers;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The text to send.
 *
 * @param all the whole text, in ASCII
 * @param file a file with the text
 * @param sum its checksum by sha256sum
 */
record Text(String all, Path file, String sum) {
    static Text of(Path folder, int length, SplittableRandom random) throws Exception {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(' ', 127);
        }
        Path file = Files.write(folder.resolve("text"), bytes);
        return new Text(new String(bytes, StandardCharsets.US_ASCII), file, sum(file, length));
    }

    private static String sum(Path file, long length) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", "head -c " + length + " \"$0\" | sha256sum", file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return out.replaceAll("\\s.*\\s*", "");
    }

    /** Whether the first {@code length} bytes have this checksum. */
    boolean beginsWith(long length, String otherSum) throws Exception {
        return length <= all.length() && sum(file, length).equals(otherSum);
    }
}
