package org.restream.cli.listen;

import java.io.IOException;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.cli.command.Digest;
import org.restream.cli.listen.store.OutputFolder;
import org.restream.cli.listen.store.WholeFiles;
import org.restream.files.FolderStore;
import org.restream.files.FolderStoreBuilder;
import org.restream.files.Publisher;
import org.restream.files.Reception;
import org.restream.files.UploadReceiver;
import org.restream.files.UploadResult;

/** The uploads that {@code --output} receives: each becomes a file as any other body does, when it is whole. */
final class OutputUploads implements AutoCloseable {
    private final FolderStore store;
    private final UploadReceiver receiver;

    private OutputUploads(FolderStore store, long maxBody) {
        this.store = store;
        receiver = new UploadReceiver(store, maxBody);
    }

    /**
     * Opens the folder.
     *
     * @param options where uploads are kept until they are whole, and how long
     */
    static OutputUploads open(FolderStoreBuilder options, WholeFiles files, OutputNames names, long maxBody)
            throws IOException {
        return new OutputUploads(options.publisher(new Names(files, names)).open(), maxBody);
    }

    private record Names(WholeFiles files, OutputNames names) implements Publisher {
        @Override
        public String name(Header header) {
            return names.next(header);
        }

        @Override
        public String publish(Whole upload) throws IOException, InterruptedException {
            Digest digest = new Digest(upload.size(), upload.sha256());
            return files.store(upload.file(), digest, upload.header(), upload.name())
                    .name();
        }
    }

    /** Receives one; the answer's header may have fields already. */
    void handle(Incoming req, Outgoing res) throws IOException, InterruptedException {
        LogEntry entry = LogEntry.current();
        Reception came;
        try {
            came = receiver.receive(req, res);
        } catch (Refusal e) {
            throw e;
        } catch (IOException | InterruptedException e) {
            entry.partKept();
            throw e;
        }
        UploadResult result = came.result();
        Refusal refusal = came.refusal();
        if (result != null) {
            Digest digest = new Digest(result.size(), result.sha256());
            entry.stored(new OutputFolder.Stored(result.name(), digest, came.wasDone()));
        } else if (refusal != null) {
            entry.refused(refusal.reason());
        }
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        store.close();
    }
}
