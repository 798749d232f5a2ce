package org.restream.cli.send;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.restream.files.UploadEvent;

/** The events of uploads, as text and as JSON. */
final class UploadText {
    private UploadText() {}

    /** The line for an event; null if there is none. */
    static @Nullable String of(UploadEvent event) {
        if (event instanceof UploadEvent.Accepted accepted) {
            return accepted.have() == 0
                    ? null
                    : "resuming: the server has " + accepted.have() + " of " + accepted.size() + " bytes";
        } else if (event instanceof UploadEvent.Changed changed) {
            return "the file has changed since its upload began (" + changed.how() + "): starting a new upload";
        } else if (event instanceof UploadEvent.WasDone done) {
            return "the server had stored it before, as " + done.result().name();
        }
        return null;
    }

    /** Its fields; null for one that is not logged. */
    static @Nullable Map<String, @Nullable Object> fields(UploadEvent event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (event instanceof UploadEvent.Accepted accepted) {
            fields.put("event", "uploadAccepted");
            fields.put("have", accepted.have());
            fields.put("size", accepted.size());
        } else if (event instanceof UploadEvent.Changed changed) {
            fields.put("event", "uploadChanged");
            fields.put("message", changed.how());
        } else if (event instanceof UploadEvent.WasDone done) {
            fields.put("event", "uploadWasDone");
            fields.put("stored", done.result().toHeader());
        } else {
            return null;
        }
        return fields;
    }
}
