package org.restream.cli.listen;

import java.io.IOException;
import java.time.Duration;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.RestreamServer;
import org.restream.cli.command.Causes;
import org.restream.cli.command.Digest;
import org.restream.cli.listen.store.OutputFolder;
import org.restream.cli.listen.store.PartFile;
import org.restream.files.UploadReceiver;

/**
 * {@code --output}: stores each body in a file of its own. The answer is sent when it is stored, and names the file.
 */
final class OutputHandler implements RestreamServer.Handler {
    /** When a sender whose body could not be stored tries again. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final OutputFolder folder;
    private final OutputNames names;
    private final OutputUploads uploads;
    private final Header reply;
    private final long maxBody;

    OutputHandler(OutputFolder folder, OutputNames names, OutputUploads uploads, Header reply, long maxBody) {
        this.folder = folder;
        this.names = names;
        this.uploads = uploads;
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException, InterruptedException {
        Header header = req.header();
        if (UploadReceiver.isUpload(header)) {
            uploads.handle(req, res.header(reply));
            return;
        }
        LogEntry entry = LogEntry.current();
        try {
            OutputFolder.Stored stored = store(req, header);
            entry.stored(stored);
            res.header(reply).header(stored.toMap()).end();
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (entry.stored() == null && e.getSuppressed().length == 0) {
                entry.nothingKept();
            }
            throw e;
        }
    }

    private OutputFolder.Stored store(Incoming req, Header header) throws IOException, InterruptedException {
        String wanted = names.next(header);
        RequestBody body = new RequestBody(req, maxBody);
        try (PartFile part = kept(folder::newPart)) {
            Digest digest = write(body, part);
            return kept(() -> folder.store(part, digest, header, wanted));
        }
    }

    /** No more uploads are received. */
    void close() throws IOException {
        uploads.close();
    }

    private interface Keeping<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Turns a disk error into a refusal, so that the sender can try again when there is room. */
    private static <T> T kept(Keeping<T> keeping) throws Refusal, InterruptedException {
        try {
            return keeping.run();
        } catch (IOException e) {
            LogEntry.current().refusing(RefusalReason.STORAGE);
            // without the path, which is no business of the sender
            Refusal refusal = new Refusal("it can't be stored now: " + Causes.withoutFile(e), RETRY_AFTER);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Digest write(RequestBody body, PartFile part) throws IOException, InterruptedException {
        Digest.Builder digest = new Digest.Builder();
        for (int length = body.read(); length >= 0; length = body.read()) {
            int count = length;
            kept(() -> {
                part.write(body.piece(), count);
                return count;
            });
            digest.add(body.piece(), length);
        }
        return digest.build();
    }
}
