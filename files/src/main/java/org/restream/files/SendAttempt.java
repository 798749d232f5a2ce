package org.restream.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.MalformedHeaderException;
import org.restream.Outgoing;
import org.restream.RefusedException;
import org.restream.RestreamException;
import org.restream.TryAgainException;

/** One exchange of a client's with an upload. Its handler sends the file, its listeners hear the answer. */
final class SendAttempt {
    /** A result is a small object. */
    private static final int MAX_ANSWER = 64 * 1024;
    /** As for a refusal in a header. */
    private static final long MAX_RETRY_MS = Duration.ofDays(1).toMillis();

    private final SentUpload upload;
    private final Outgoing req;
    private final Incoming res;
    private final CompletableFuture<Header> header = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile boolean sent;

    SendAttempt(SentUpload upload, Outgoing req, Incoming res) {
        this.upload = upload;
        this.req = req;
        this.res = res;
    }

    void run() throws IOException, InterruptedException {
        SenderState state = upload.state();
        req.header(upload.header(state)).flush();
        res.onHeader(header::complete)
                .onData(this::answer)
                .onEnd(this::answered)
                .onError(header::completeExceptionally);
        Header answer = awaitHeader(state);
        upload.answered(answer);
        Map<?, ?> said = upload(answer);
        if (said.get("have") instanceof Long have) {
            upload.sendFrom(have, req);
        } else if (!isDone(said)) {
            throw NoUploadsException.other();
        }
        sent = true;
        req.end();
    }

    private static Map<?, ?> upload(Header header) {
        return header.get("upload") instanceof Map<?, ?> map ? map : Map.of();
    }

    private static boolean isDone(Map<?, ?> said) {
        return Boolean.TRUE.equals(said.get("done"));
    }

    private Header awaitHeader(SenderState state) throws IOException, InterruptedException {
        Duration most = upload.answerTimeout();
        try {
            return header.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (state.known()) {
                throw new TryAgainException(
                        "the server has not answered within " + most.toMillis() + " ms from where it wants the file");
            }
            throw NoUploadsException.silent(most);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException lost ? lost : new IOException(e.getCause());
        }
    }

    private void answer(byte[] bytes) throws RestreamException {
        if (body.size() + bytes.length > MAX_ANSWER) {
            throw new WrongResultException("the answer has more than " + MAX_ANSWER + " bytes: it is no upload's");
        }
        body.writeBytes(bytes);
    }

    /** The answer is whole; where its header was none of an upload's, the handler says so. */
    private void answered() throws IOException, InterruptedException {
        Map<?, ?> said = upload(header.getNow(Header.of()));
        boolean wasDone = isDone(said);
        if (!wasDone && !(said.get("have") instanceof Long)) {
            return;
        }
        Header fields = fields();
        if (fields.get("refused") instanceof Map<?, ?> refused && refused.get("reason") instanceof String reason) {
            throw refusal(reason, refused.get("retryMs"));
        }
        UploadResult result = UploadResult.from(fields)
                .orElseThrow(() -> new TryAgainException("the server's answer has no name, size and sha256"));
        if (!sent && !wasDone) {
            throw new WrongResultException("the server has answered before all was sent");
        }
        upload.ended(result, wasDone);
    }

    private Header fields() throws TryAgainException {
        try {
            return Header.parse(body.toString(StandardCharsets.UTF_8));
        } catch (MalformedHeaderException e) {
            throw new TryAgainException("the server's answer is no JSON object", e);
        }
    }

    private IOException refusal(String reason, @Nullable Object retryMs) {
        RefusedException refused = new RefusedException(reason, null);
        if (!(retryMs instanceof Long millis) || millis < 0) {
            return refused;
        }
        upload.waitNext(Duration.ofMillis(Math.min(millis, MAX_RETRY_MS)));
        return new TryAgainException("refused by the server for now: " + reason, refused);
    }
}
