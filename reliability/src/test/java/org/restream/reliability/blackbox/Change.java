package org.restream.reliability.blackbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** What happens to a file while it is sent. */
enum Change {
    GROW,
    SHRINK,
    REWRITE;

    void make(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            long size = open.length();
            switch (this) {
                case GROW -> {
                    open.seek(size);
                    open.write(new byte[100_000]);
                }
                case SHRINK -> open.setLength(size / 2);
                case REWRITE -> {
                    byte[] zeros = new byte[65_536];
                    for (long at = 0; at < size; at += zeros.length) {
                        open.write(zeros, 0, (int) Math.min(zeros.length, size - at));
                    }
                }
                default -> throw new IllegalStateException();
            }
        }
    }
}
