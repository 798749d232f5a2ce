package org.restream.internal.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Parses IP addresses. Unlike {@code InetAddress.getByName} it never looks a name up, and takes no short forms. */
final class IpText {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private IpText() {}

    /** Four decimal numbers without leading zeros; null for any other text. */
    static byte @Nullable [] v4(String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != V4_BYTES) {
            return null;
        }
        byte[] bytes = new byte[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            int number = number(numbers[i], 255);
            if (number < 0) {
                return null;
            }
            bytes[i] = (byte) number;
        }
        return bytes;
    }

    /** A form of RFC 4291, section 2.2; null for any other text. */
    static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == V6_BYTES ? all : null;
        }
        byte[] head = text.substring(0, gap).contains(".") ? null : groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        // the gap is at least one group of zeros
        if (head == null || tail == null || head.length + tail.length > V6_BYTES - 2) {
            return null;
        }
        byte[] bytes = new byte[V6_BYTES];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, V6_BYTES - tail.length, tail.length);
        return bytes;
    }

    /** Groups of 16 bits between colons, of which the last two may be written as an IPv4 address; null for other text. */
    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] groups = text.split(":", -1);
        if (groups.length > V6_BYTES / 2) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(V6_BYTES + V4_BYTES);
        for (int i = 0; i < groups.length; i++) {
            byte[] last = i == groups.length - 1 ? v4(groups[i]) : null;
            if (last != null) {
                bytes.put(last);
            } else if (groups[i].matches("[0-9a-fA-F]{1,4}")) {
                bytes.putShort((short) Integer.parseInt(groups[i], 16));
            } else {
                return null;
            }
        }
        byte[] made = new byte[bytes.flip().remaining()];
        bytes.get(made);
        return made.length > V6_BYTES ? null : made;
    }

    /** A decimal number without leading zeros; -1 for any other text, and for a number above the limit. */
    static int number(String text, int most) {
        if (!text.matches("0|[1-9][0-9]{0,4}")) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number > most ? -1 : number;
    }
}
