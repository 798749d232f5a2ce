package org.restream.files;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.MalformedHeaderException;

/**
 * What a client remembers of an upload, so that it finds it again after its own death.
 *
 * @param id the upload's
 * @param stamp what the file was when the id was made
 * @param known whether a server has said that it takes the upload
 */
record SenderState(String id, FileStamp stamp, boolean known) {
    SenderState nowKnown() {
        return new SenderState(id, stamp, true);
    }

    String toJson(String file) {
        return Header.of(
                        "id",
                        id,
                        "file",
                        file,
                        "size",
                        stamp.size(),
                        "modified",
                        stamp.modified().toString(),
                        "key",
                        stamp.key(),
                        "known",
                        known)
                + "\n";
    }

    /** Null where that is no such state: then the upload begins anew. */
    static @Nullable SenderState parse(String json) {
        try {
            Header fields = Header.parse(json);
            String id = fields.getString("id");
            Long size = fields.getLong("size");
            String modified = fields.getString("modified");
            String key = fields.getString("key");
            if (!UploadId.is(id) || size == null || modified == null || key == null) {
                return null;
            }
            boolean known = Boolean.TRUE.equals(fields.getBoolean("known"));
            return new SenderState(String.valueOf(id), new FileStamp(size, Instant.parse(modified), key), known);
        } catch (MalformedHeaderException | IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }
}
