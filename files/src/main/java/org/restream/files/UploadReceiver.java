package org.restream.files;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Refusal;
import org.restream.RestreamServer;

/**
 * Receives uploads: the handler of a server, or a part of one.
 *
 * <pre>{@code
 * try (UploadStore store = FolderStore.at(folder).open();
 *         UploadReceiver uploads = new UploadReceiver(store)) {
 *     RestreamServer server = Restream.createServer((req, res) -> {
 *         if (UploadReceiver.isUpload(req.header())) {
 *             uploads.handle(req, res);
 *         } else {
 *             …
 *         }
 *     });
 * }
 * }</pre>
 *
 * <p>While it is open it has the store {@linkplain UploadStore#clean() cleaned}, at the start and every hour. It does not close the
 * store. Close the server first.
 */
public final class UploadReceiver implements RestreamServer.Handler, AutoCloseable {
    private static final System.Logger LOG = System.getLogger("org.restream");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final UploadStore store;
    private final long maxBytes;
    private final ScheduledThreadPoolExecutor timer;
    private final ActiveUploads active;

    /**
     * For uploads of any size.
     *
     * @param store where they are kept
     */
    public UploadReceiver(UploadStore store) {
        this(store, 0);
    }

    /**
     * For uploads up to a size.
     *
     * @param store where they are kept
     * @param maxBytes how many bytes one may have; 0 for any number
     * @throws IllegalArgumentException if that is negative
     */
    public UploadReceiver(UploadStore store, long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be 0 or more, not " + maxBytes);
        }
        this.store = Objects.requireNonNull(store, "store");
        this.maxBytes = maxBytes;
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "restream-uploads");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        active = new ActiveUploads(timer);
        Future<?> unused = timer.scheduleWithFixedDelay(this::clean, 0, 1, TimeUnit.HOURS);
    }

    private void clean() {
        try {
            store.clean();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.WARNING, "what is left of uploads can't be cleaned up", e);
        }
    }

    /**
     * Whether a request is an upload by this convention.
     *
     * @param header its header
     * @return true where it has the field {@code upload}, an object with an {@code id}
     */
    public static boolean isUpload(Header header) {
        return header.get("upload") instanceof Map<?, ?> upload && upload.containsKey("id");
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException, InterruptedException {
        receive(req, res);
    }

    /**
     * As {@link #handle}, and tells what has come of it.
     *
     * @param req the request
     * @param res the response; its header may have other fields by now
     * @return what has come of it
     * @throws Refusal if the upload is refused
     * @throws IOException if the connection was lost: what has come is kept
     * @throws InterruptedException if the thread was interrupted
     */
    public Reception receive(Incoming req, Outgoing res) throws IOException, InterruptedException {
        Header header = req.header();
        UploadTerms terms =
                new UploadTerms(request(header, owner(req)), sha256(header), maxBytes > 0 ? maxBytes : Long.MAX_VALUE);
        ReceivedUpload upload = new ReceivedUpload(req, res, store, terms, active, new SyncGroup(System::nanoTime));
        try {
            active.enter(upload);
            return upload.run();
        } finally {
            active.leave(upload);
        }
    }

    private UploadStore.Request request(Header header, @Nullable String owner) throws Refusal {
        Object id = header.get("upload") instanceof Map<?, ?> upload ? upload.get("id") : null;
        if (!isUpload(header)) {
            throw new Refusal("this server takes uploads alone: the header has no \"upload\" with an \"id\"");
        }
        if (!(id instanceof String text) || !UploadId.is(text)) {
            throw new Refusal("an upload's id is 128 bits as 22 characters of base64url");
        }
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(header);
        rest.remove("upload");
        return new UploadStore.Request(text, Header.from(rest), size(header), owner);
    }

    private long size(Header header) throws Refusal {
        Object said = header.get("size");
        if (said == null) {
            return -1;
        }
        if (said instanceof BigInteger large && large.signum() > 0) {
            throw new Refusal("\"size\" " + said + " is more than can be stored");
        }
        if (!(said instanceof Long size) || size < 0) {
            throw new Refusal("\"size\" must be a whole number, 0 or more");
        }
        if (maxBytes > 0 && size > maxBytes) {
            throw new Refusal("the body has more than " + maxBytes + " bytes");
        }
        return size;
    }

    private static @Nullable String sha256(Header header) {
        return header.get("sha256") instanceof String text
                        && SHA256.matcher(text).matches()
                ? text.toLowerCase(Locale.ROOT)
                : null;
    }

    /** By its key, so that a renewed certificate goes on. */
    private static @Nullable String owner(Incoming req) {
        return req.peerCertificate().map(UploadReceiver::keyDigest).orElse(null);
    }

    private static String keyDigest(X509Certificate certificate) {
        try {
            byte[] key = certificate.getPublicKey().getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Ends the cleaning. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
