package org.restream.benchmarks.peer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What servers send by themselves: parts of an endless stream in which the same 64 KiB of noise come again and again, so
 * that whoever receives can check every byte. The same as in {@code common.h}.
 *
 * @param bytes the length of a body, from memory or from the file
 * @param file has a quarter as many
 * @param keys a key store with the certificate that servers show
 */
public record Bodies(long bytes, Path file, Path keys) {
    public static final int PERIOD = 65_536;

    /** Over TLS a body is only so large a part of the others. */
    public static final int TLS_PART = 8;

    /** One period of it. */
    public static byte[] pattern() {
        byte[] pattern = new byte[PERIOD];
        int x = (int) 2_463_534_242L;
        for (int i = 0; i < PERIOD; i++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            pattern[i] = (byte) (x >>> 24);
        }
        return pattern;
    }

    public long fileBytes() {
        return bytes / 4;
    }

    /** Makes the file, unless it is there already. */
    public void write() throws IOException {
        if (Files.exists(file) && Files.size(file) == fileBytes()) {
            return;
        }
        byte[] pattern = pattern();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long left = fileBytes(); left > 0; left -= PERIOD) {
                out.write(pattern, 0, (int) Math.min(left, PERIOD));
            }
        }
    }

    /** A command line, with what every server is told at its end. */
    List<String> arguments(String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.addAll(List.of(Long.toString(bytes), file.toString(), keys.toString()));
        return arguments;
    }
}
