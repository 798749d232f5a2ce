package org.restream.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The size and SHA-256 of a body. */
public record Digest(long size, String sha256) {
    private static final int PIECE = 64 * 1024;

    /** Computes size and digest while the body passes. */
    public static final class Builder {
        private final MessageDigest sha256 = newSha256();
        private long size;

        public void add(byte[] bytes, int length) {
            sha256.update(bytes, 0, length);
            size += length;
        }

        /** Adds the buffer's remaining bytes. The buffer's position does not change. */
        public void add(ByteBuffer bytes) {
            size += bytes.remaining();
            sha256.update(bytes.duplicate());
        }

        public Digest build() {
            return new Digest(size, HexFormat.of().formatHex(sha256.digest()));
        }
    }

    /** The digest of an array. */
    public static Digest of(byte[] bytes) {
        Builder read = new Builder();
        read.add(bytes, bytes.length);
        return read.build();
    }

    /** The digest of a file. An interrupt ends it. */
    public static Digest of(Path file) throws IOException {
        Builder read = new Builder();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                read.add(piece, count);
            }
        }
        return read.build();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
