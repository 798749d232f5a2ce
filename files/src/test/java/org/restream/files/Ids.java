package org.restream.files;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.restream.Header;

/** Ids that a test can tell apart, and what is said with them. */
final class Ids {
    private Ids() {}

    static String of(int n) {
        byte[] bits = String.format(Locale.ROOT, "%016d", n).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    static UploadStore.Request request(int id, String name, long size) {
        return new UploadStore.Request(of(id), Header.of("name", name, "size", size), size, null);
    }
}
