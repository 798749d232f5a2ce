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
 * The bodies that servers send: parts of an endless stream that repeats the same 64 KiB of noise, so that the receiver
 * can check every byte. The same as in {@code common.h}.
 *
 * @param bytes the length of a body from memory
 * @param file a file with a quarter as many bytes
 * @param keys a key store with the servers' certificate
 */
public record Bodies(long bytes, Path file, Path keys) {
    public static final int PERIOD = 65_536;

    /** The divisor for the length of bodies over TLS. */
    public static final int TLS_PART = 8;

    /** One period of the stream. */
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

    /** Writes the file, unless it exists already. */
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

    /** Appends the arguments that every server gets to a command line. */
    List<String> arguments(String... command) {
        List<String> arguments = new ArrayList<>(Arrays.asList(command));
        arguments.addAll(List.of(Long.toString(bytes), file.toString(), keys.toString()));
        return arguments;
    }
}
