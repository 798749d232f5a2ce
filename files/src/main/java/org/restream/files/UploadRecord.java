package org.restream.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.MalformedHeaderException;

/**
 * What is written down of an upload.
 *
 * @param header the request's
 * @param name the name that it is to have
 * @param size as in {@link UploadStore.Request}
 * @param owner as in {@link UploadStore.Request}
 * @param have how many bytes are durable
 * @param epoch counts those who have opened it: only the last one may write. It begins with the time, so that one that was removed and
 *     begun anew does not count as the same
 * @param changed when it was last written to
 * @param sha256 the digest of all of it; null while it is not whole. From then on the file is never written to: it may have its name
 * @param done what it became; null while that is not known to be so
 */
record UploadRecord(
        Header header,
        String name,
        long size,
        @Nullable String owner,
        long have,
        long epoch,
        Instant changed,
        @Nullable String sha256,
        @Nullable UploadResult done) {

    static UploadRecord begin(UploadStore.Request request, String name, Instant now) {
        return new UploadRecord(
                request.header(), name, request.size(), request.owner(), 0, now.toEpochMilli(), now, null, null);
    }

    UploadRecord opened(long there, Instant now) {
        return new UploadRecord(header, name, size, owner, there, epoch + 1, now, null, null);
    }

    UploadRecord with(long durable, Instant now) {
        return new UploadRecord(header, name, size, owner, durable, epoch, now, null, null);
    }

    UploadRecord whole(long bytes, String digest, Instant now) {
        return new UploadRecord(header, name, size, owner, bytes, epoch, now, digest, null);
    }

    UploadRecord done(UploadResult result, Instant now) {
        return new UploadRecord(header, name, size, owner, result.size(), epoch, now, result.sha256(), result);
    }

    /** One line of JSON. */
    String toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("have", have);
        fields.put("size", size);
        fields.put("epoch", epoch);
        fields.put("changed", changed.toString());
        fields.put("owner", owner);
        fields.put("sha256", sha256);
        fields.put("name", name);
        fields.put("header", header);
        fields.put("done", done == null ? null : done.toHeader());
        return Header.from(fields) + "\n";
    }

    /**
     * Reads it.
     *
     * @return null where that is no such record
     */
    static @Nullable UploadRecord parse(String json) {
        try {
            Header fields = Header.parse(json);
            String name = fields.getString("name");
            Long size = fields.getLong("size");
            Long have = fields.getLong("have");
            Long epoch = fields.getLong("epoch");
            String changed = fields.getString("changed");
            if (name == null || size == null || have == null || epoch == null || changed == null) {
                return null;
            }
            return new UploadRecord(
                    fields.get("header") instanceof Map<?, ?> map ? header(map) : Header.of(),
                    name,
                    size,
                    fields.getString("owner"),
                    have,
                    epoch,
                    Instant.parse(changed),
                    fields.getString("sha256"),
                    fields.get("done") instanceof Map<?, ?> map
                            ? UploadResult.from(map).orElse(null)
                            : null);
        } catch (MalformedHeaderException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    /** A header of a value that has been read: its names are text. */
    @SuppressWarnings("unchecked")
    static Header header(Map<?, ?> value) {
        return Header.from((Map<String, ?>) value);
    }
}
