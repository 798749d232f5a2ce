package org.restream.cli;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;

/** {@code --output}: each body into a file of its own; the answer says which, when it is stored. */
final class OutputHandler implements RestreamServer.Handler {
    private final OutputFolder folder;
    private final NamePattern pattern;
    private final InstantSource clock;
    private final Header reply;
    private final long maxBody;
    private final AtomicLong count = new AtomicLong();

    OutputHandler(OutputFolder folder, NamePattern pattern, InstantSource clock, Header reply, long maxBody) {
        this.folder = folder;
        this.pattern = pattern;
        this.clock = clock;
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException, InterruptedException {
        Header header = req.header();
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
        String wanted = pattern.fill(header, count.incrementAndGet(), clock.instant());
        try (PartFile part = folder.newPart()) {
            return folder.store(part, write(new RequestBody(req, maxBody), part), header, wanted);
        }
    }

    private static Digest write(RequestBody body, PartFile part) throws IOException {
        Digest.Builder digest = new Digest.Builder();
        for (int length = body.read(); length >= 0; length = body.read()) {
            part.write(body.piece(), length);
            digest.add(body.piece(), length);
        }
        return digest.build();
    }
}
