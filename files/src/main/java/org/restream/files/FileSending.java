package org.restream.files;

import java.util.concurrent.CompletableFuture;
import org.restream.RestreamClient;

/** A file that a {@link FileSender} is sending. */
public final class FileSending implements AutoCloseable {
    private final SentUpload upload;
    private final RestreamClient client;
    private final CompletableFuture<UploadResult> result = new CompletableFuture<>();

    FileSending(SentUpload upload, RestreamClient client) {
        this.upload = upload;
        this.client = client;
        CompletableFuture<Void> unused = client.completion().handle((done, failure) -> {
            UploadResult known = upload.result();
            if (failure != null) {
                result.completeExceptionally(failure);
            } else if (known != null) {
                result.complete(known);
            } else {
                result.completeExceptionally(new IllegalStateException("the exchange is complete without a result"));
            }
            return null;
        });
    }

    /**
     * What becomes of it. It fails as {@link RestreamClient#completion()} does, and with a {@link NoUploadsException}, a
     * {@link FileChangedException} or a {@link WrongResultException}.
     *
     * @return the future; to complete it from outside changes nothing
     */
    public CompletableFuture<UploadResult> result() {
        return result.copy();
    }

    /**
     * How far it has come.
     *
     * @return how many bytes the server has, or are on the way to it; with those that it had before this began
     */
    public long position() {
        return upload.position();
    }

    /**
     * The client that sends it.
     *
     * @return the client, for its state and {@link RestreamClient#retryNow()}
     */
    public RestreamClient client() {
        return client;
    }

    /** Ends it; what the server has, it keeps, and the next one goes on there. */
    @Override
    public void close() {
        client.close();
        upload.stop();
    }
}
