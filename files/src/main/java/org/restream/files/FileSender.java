package org.restream.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.restream.ClientOptions;
import org.restream.Header;
import org.restream.Listener;
import org.restream.Reconnect;
import org.restream.Restream;
import org.restream.RestreamClient;

/**
 * Sends files to servers with an {@link UploadReceiver}. After a loss only that is sent again which the server does not have; and a
 * process that begins again with the same file and servers goes on where the last one has died.
 *
 * <pre>{@code
 * UploadResult result = FileSender.to(ClientOptions.defaults().servers("backup-a", "backup-b"))
 *         .send(Path.of("orders.sql"));
 * }</pre>
 *
 * <p>Immutable: each method that takes a value returns a copy with that value.
 */
public final class FileSender implements Cloneable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final ClientOptions options;
    private Header fields = Header.of();
    private Path stateFolder = SenderStates.defaultFolder();
    private Duration answerTimeout = ANSWER_TIMEOUT;
    private Listener<? super UploadEvent> listener = event -> {};

    private FileSender(ClientOptions options) {
        this.options = options;
    }

    /**
     * A sender to these servers.
     *
     * @param options where they are, and how to come back; the mode is always {@link Reconnect#UNTIL_COMPLETE}
     * @return the sender
     */
    public static FileSender to(ClientOptions options) {
        return new FileSender(Objects.requireNonNull(options, "options"));
    }

    /**
     * More fields for the requests' headers, beside {@code name}, {@code size} and {@code upload}.
     *
     * @param more names and values; {@code name} replaces the file's name
     * @return a copy
     * @throws IllegalArgumentException if a value can't be JSON
     */
    public FileSender header(Map<String, ?> more) {
        FileSender copy = copy();
        copy.fields = Header.from(more);
        return copy;
    }

    /**
     * Where is written down what was begun, for the time after this process.
     *
     * @param folder made where it is not there, for this user alone. Default: {@code restream/uploads} in
     *     {@code $XDG_STATE_HOME} or {@code ~/.local/state}
     * @return a copy
     */
    public FileSender stateFolder(Path folder) {
        FileSender copy = copy();
        copy.stateFolder = Objects.requireNonNull(folder, "stateFolder");
        return copy;
    }

    /**
     * How long a server may take to say from where it wants the file. One that takes no uploads says nothing before the end.
     *
     * @param time more than 0. Default: 10 s
     * @return a copy
     * @throws IllegalArgumentException if it is not more than 0
     */
    public FileSender answerTimeout(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("answerTimeout must be more than 0, not " + time);
        }
        FileSender copy = copy();
        copy.answerTimeout = time;
        return copy;
    }

    /**
     * Gets the events of uploads; those of connections go to the options' listener.
     *
     * @param events called on a thread of the exchange; what it throws is logged and changes nothing
     * @return a copy
     */
    public FileSender listener(Listener<? super UploadEvent> events) {
        FileSender copy = copy();
        copy.listener = Objects.requireNonNull(events, "listener");
        return copy;
    }

    /**
     * Sends a file, and waits until it is there.
     *
     * @param file a regular file
     * @return what it became
     * @throws IOException as {@link FileSending#result}
     * @throws InterruptedException if the thread was interrupted
     */
    public UploadResult send(Path file) throws IOException, InterruptedException {
        try (FileSending sending = start(file)) {
            return sending.result().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }

    /**
     * Begins to send a file.
     *
     * @param file a regular file
     * @return what is under way
     * @throws IOException if the file can't be read, or what is under way can't be written down
     */
    public FileSending start(Path file) throws IOException {
        SenderStates states = new SenderStates(stateFolder);
        states.clean(Instant.now());
        SentUpload upload =
                new SentUpload(file, states, states.of(options.servers(), file), fields, answerTimeout, listener);
        upload.state();
        // without a listener the client would log what the caller is told anyway
        ClientOptions heard = options.listener() == null ? options.listener(event -> {}) : options;
        RestreamClient client = Restream.createClient(
                heard.reconnect(Reconnect.UNTIL_COMPLETE).backoff(upload.around(options.backoff())),
                (req, res) -> new SendAttempt(upload, req, res).run());
        return new FileSending(upload, client);
    }

    private FileSender copy() {
        try {
            return (FileSender) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
