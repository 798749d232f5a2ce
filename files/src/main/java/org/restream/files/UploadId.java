package org.restream.files;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An upload's id: 128 random bits, as 22 characters of base64url. Who can guess it can write into the upload. It is the name of
 * files on the server, so nothing else is taken for one.
 */
final class UploadId {
    private static final int BYTES = 16;
    /** The last character holds two bits only. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{21}[AQgw]");

    private static final SecureRandom CHANCE = new SecureRandom();

    private UploadId() {}

    static String random() {
        byte[] bits = new byte[BYTES];
        CHANCE.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    static boolean is(@Nullable Object value) {
        return value instanceof String text && FORM.matcher(text).matches();
    }
}
