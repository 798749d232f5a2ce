package org.restream.cli.listen;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.RestreamServer;
import org.restream.cli.listen.store.OutputFolder;
import org.restream.cli.metrics.Exporter;
import org.restream.files.UploadReceiver;

/** Counts what a handler of {@code listen} does: files stored, uploads under way, refusals by their reason. */
final class CountedHandler implements RestreamServer.Handler {
    private final RestreamServer.Handler handler;
    private final AtomicLong uploads = new AtomicLong();
    private final Runnable stored;
    private final Runnable duplicates;
    private final Map<RefusalReason, Runnable> refusals = new EnumMap<>(RefusalReason.class);

    CountedHandler(RestreamServer.Handler handler, Exporter exporter) {
        this.handler = handler;
        stored = exporter.counter("restream.listen.files.stored", "Files that were stored");
        duplicates = exporter.counter(
                "restream.listen.files.duplicates", "Bodies that had been stored before, and were not stored again");
        exporter.gauge("restream.listen.uploads.active", "Bodies that are being received for a file now", uploads::get);
        for (RefusalReason reason : RefusalReason.values()) {
            refusals.put(
                    reason,
                    exporter.counter(
                            "restream.listen.refusals", "Requests that were refused", "reason", reason.text()));
        }
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws Exception {
        boolean stores = handler instanceof OutputHandler;
        if (stores) {
            uploads.incrementAndGet();
        }
        LogEntry entry = LogEntry.current();
        try {
            handler.handle(req, res);
            if (entry.refused() != null) {
                count(RefusalReason.UPLOAD);
            }
        } catch (Refusal e) {
            count(reason(req, entry));
            throw e;
        } finally {
            if (stores) {
                uploads.decrementAndGet();
            }
            stored(entry.stored());
        }
    }

    private RefusalReason reason(Incoming req, LogEntry entry) throws Exception {
        RefusalReason known = entry.refusing();
        if (known != null) {
            return known;
        }
        if (handler instanceof ExecHandler) {
            return RefusalReason.COMMAND;
        }
        return handler instanceof OutputHandler && UploadReceiver.isUpload(req.header())
                ? RefusalReason.UPLOAD
                : RefusalReason.OTHER;
    }

    private void stored(OutputFolder.@Nullable Stored file) {
        if (file != null) {
            (file.duplicate() ? duplicates : stored).run();
        }
    }

    private void count(RefusalReason reason) {
        Runnable counter = refusals.get(reason);
        if (counter != null) {
            counter.run();
        }
    }
}
