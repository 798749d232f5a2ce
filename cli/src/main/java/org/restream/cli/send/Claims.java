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
 * The {@code size} and {@code sha256} in an answer's header. A server may describe the body that it has received, or
 * its answer's; each field has to match one of them. Fields with values of other types have another meaning.
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

    /** Whether {@code size} is the only claim and matches what was sent, so that it may describe either body. */
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
     * Describes the claims that match neither body.
     *
     * @param sent the body that was sent
     * @param whole whether that is the whole body; if not, no claim about it is right
     * @param answered the answer's own body; not used if there are no claims
     * @return one line with the claimed and the true values; null if all claims match
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
