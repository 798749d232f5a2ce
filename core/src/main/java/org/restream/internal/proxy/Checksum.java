package org.restream.internal.proxy;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.restream.RestreamException;

/** Looks for a checksum among the fields (TLVs) of a header of version 2, and checks it. */
final class Checksum {
    private static final int TYPE = 0x03;
    /** The type, and the length of the value. */
    private static final int FIELD_HEAD = 3;

    private Checksum() {}

    /**
     * Checks it, if there is one.
     *
     * @param header the whole header
     * @param at where its fields begin
     * @param strict whether there may be nothing else; if the header names no client, what follows may be anything
     */
    static void check(byte[] header, int at, boolean strict) throws RestreamException {
        int next = at;
        while (next < header.length) {
            int value = next + FIELD_HEAD;
            int end = value > header.length ? value : value + length(header, next);
            if (end > header.length) {
                if (strict) {
                    throw ProxyHeader.bad("the field at offset " + next + " is longer than what is left");
                }
                return;
            }
            if (header[next] == TYPE) {
                compare(header, value, end - value);
            }
            next = end;
        }
    }

    private static int length(byte[] header, int field) {
        return ByteBuffer.wrap(header).getShort(field + 1) & 0xffff;
    }

    private static void compare(byte[] header, int at, int length) throws RestreamException {
        if (length != Integer.BYTES) {
            throw ProxyHeader.bad("its checksum has " + length + " bytes, not " + Integer.BYTES);
        }
        ByteBuffer zeroed = ByteBuffer.wrap(header.clone());
        int said = zeroed.getInt(at);
        zeroed.putInt(at, 0);
        CRC32C sum = new CRC32C();
        sum.update(zeroed);
        if (said != (int) sum.getValue()) {
            throw ProxyHeader.bad(
                    String.format(Locale.ROOT, "its checksum is 0x%08x, and not 0x%08x", said, (int) sum.getValue()));
        }
    }
}
