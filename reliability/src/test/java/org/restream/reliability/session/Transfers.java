package org.restream.reliability.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.restream.Incoming;
import org.restream.Outgoing;

/** Exchanges of random bytes both ways at once; remembers the digest of each body, and how often each handler was called. */
final class Transfers {
    /** What one side saw of one exchange. */
    record Seen(String sent, String received) {}

    private final long length;
    private final long seed;
    private final Runnable inTheMiddle;
    private final Map<Long, Integer> calls = new ConcurrentHashMap<>();
    private final Map<Long, Seen> seen = new ConcurrentHashMap<>();

    Transfers(long length, long seed) {
        this(length, seed, () -> {});
    }

    /**
     * @param inTheMiddle called by each exchange that has received a quarter of its message
     */
    Transfers(long length, long seed, Runnable inTheMiddle) {
        this.length = length;
        this.seed = seed;
        this.inTheMiddle = inTheMiddle;
    }

    Map<Long, Integer> calls() {
        return calls;
    }

    Map<Long, Seen> seen() {
        return seen;
    }

    /** A server's handler. */
    void answer(Incoming req, Outgoing res) throws IOException {
        long id = req.header().getLong("id");
        res.header("id", id);
        both(id, req, res);
    }

    /** A client's handler. */
    void ask(long id, Outgoing req, Incoming res) throws IOException {
        req.header("id", id);
        both(id, res, req);
    }

    private void both(long id, Incoming in, Outgoing out) throws IOException {
        calls.merge(id, 1, Integer::sum);
        CompletableFuture<String> sent = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                sent.complete(write(id, out));
            } catch (Throwable e) {
                sent.completeExceptionally(e);
            }
        });
        writer.start();
        try {
            String received = read(in);
            seen.put(id, new Seen(sent.get(), received));
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private String write(long id, Outgoing out) throws IOException {
        SplittableRandom random = new SplittableRandom(seed * 31 + id);
        DigestOutputStream stream = new DigestOutputStream(out, sha256());
        for (long left = length; left > 0; ) {
            byte[] piece = new byte[(int) Math.min(left, 1 + random.nextInt(100_000))];
            random.nextBytes(piece);
            stream.write(piece);
            left -= piece.length;
        }
        out.end();
        return hex(stream.getMessageDigest());
    }

    private String read(InputStream in) throws IOException {
        DigestInputStream stream = new DigestInputStream(in, sha256());
        stream.readNBytes((int) (length / 4));
        inTheMiddle.run();
        stream.transferTo(OutputStream.nullOutputStream());
        return hex(stream.getMessageDigest());
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
