package org.restream.cli.send;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.cli.command.Digest;

/**
 * What an answer's header says of a body: its {@code size}, its {@code sha256}. A server may mean what it has received, or what
 * it answers; each has to be true of one of them. Fields of other kinds under these names say something else.
 */
final class Claims {
    private static final String SIZE = "size";
    private static final String SHA256 = "sha256";
    private static final Pattern SHA256_TEXT = Pattern.compile("[0-9a-fA-F]{64}");

    private final Header header;

    Claims(Header header) {
        this.header = header;
    }

    /** Whether there is anything to compare. */
    boolean haveAny() {
        return sha256() != null || size() != null;
    }

    /** Whether its size is that of what was sent, and nothing else says which of the two bodies it is of. */
    boolean areOnlyTheSizeOf(Digest sent) {
        return sha256() == null && Long.toString(sent.size()).equals(size());
    }

    private @Nullable String sha256() {
        Object value = header.get(SHA256);
        return value instanceof String text && SHA256_TEXT.matcher(text).matches()
                ? text.toLowerCase(Locale.ROOT)
                : null;
    }

    private @Nullable String size() {
        Object value = header.get(SIZE);
        return value instanceof Long || value instanceof BigInteger ? String.valueOf(value) : null;
    }

    /**
     * What is not true in them.
     *
     * @param sent what was sent
     * @param whole whether that is all that was to be sent; if it is not, nothing that a server says of it is right
     * @param answered the answer's own body; that of a header without claims counts for nothing
     * @return one line with what is said and what is so; null if all is true
     */
    @Nullable
    String contradiction(Digest sent, boolean whole, Digest answered) {
        List<String> wrong = new ArrayList<>();
        String size = size();
        if (size != null
                && !(whole && size.equals(Long.toString(sent.size())))
                && !size.equals(Long.toString(answered.size()))) {
            wrong.add("\"size\" " + size + ", but " + (whole ? "" : "only a part was sent: ") + sent.size()
                    + (whole ? " bytes were sent" : " bytes"));
        }
        String sha256 = sha256();
        if (sha256 != null && !(whole && sha256.equals(sent.sha256())) && !sha256.equals(answered.sha256())) {
            wrong.add("\"sha256\" " + sha256 + ", but "
                    + (whole
                            ? "what was sent has " + sent.sha256()
                            : "only a part was sent: " + sent.size() + " bytes"));
        }
        return wrong.isEmpty() ? null : "the answer says " + String.join("; ", wrong);
    }
}
