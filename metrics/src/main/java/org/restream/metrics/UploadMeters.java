package org.restream.metrics;

import io.micrometer.core.instrument.Counter;
import org.restream.files.UploadEvent;

/** Counts the events of uploads that are sent. */
final class UploadMeters {
    private final Counter accepted;
    private final Counter resumed;
    private final Counter kept;
    private final Counter changed;
    private final Counter wasDone;

    UploadMeters(Meters meters) {
        accepted = meters.counter(".accepted", "Uploads that a server has taken, counted once for each connection");
        resumed = meters.counter(".resumed", "Those of them that went on where an earlier connection was lost");
        kept = meters.bytes(".kept", "Bytes that need not be sent again, since the server had them");
        changed = meters.counter(".changed", "Uploads that began again, because their file had changed");
        wasDone = meters.counter(".already.done", "Uploads of which only the server's answer was lost");
    }

    void count(UploadEvent event) {
        if (event instanceof UploadEvent.Accepted upload) {
            accepted.increment();
            if (upload.have() > 0) {
                resumed.increment();
                kept.increment((double) upload.have());
            }
        } else if (event instanceof UploadEvent.Changed) {
            changed.increment();
        } else if (event instanceof UploadEvent.WasDone) {
            wasDone.increment();
        }
    }
}
