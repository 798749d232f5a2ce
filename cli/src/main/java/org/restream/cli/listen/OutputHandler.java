package org.restream.cli.listen;

import java.io.IOException;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;
import org.restream.cli.command.Digest;
import org.restream.cli.listen.store.OutputFolder;
import org.restream.cli.listen.store.PartFile;
import org.restream.files.UploadReceiver;

/**
 * {@code --output}: stores each body in a file of its own. The answer is sent when it is stored, and names the file.
 */
final class OutputHandler implements RestreamServer.Handler {
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
        LocalTrouble trouble = new LocalTrouble();
        try (PartFile part = trouble.storing(folder::newPart)) {
            Digest digest = write(body, part, trouble);
            return trouble.storing(() -> folder.store(part, digest, header, wanted));
        }
    }

    /** No more uploads are received. */
    void close() throws IOException {
        uploads.close();
    }

    private static Digest write(RequestBody body, PartFile part, LocalTrouble trouble)
            throws IOException, InterruptedException {
        Digest.Builder digest = new Digest.Builder();
        for (int length = body.read(); length >= 0; length = body.read()) {
            trouble.write(part, body.piece(), length);
            digest.add(body.piece(), length);
        }
        return digest.build();
    }
}
