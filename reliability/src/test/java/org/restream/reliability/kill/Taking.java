package org.restream.reliability.kill;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads a message, for receivers in Java. */
final class Taking implements Receiver.Reception {
    private static final long PATIENCE_SECONDS = 30;

    private final Plan plan;
    private final CompletableFuture<Void> marked = new CompletableFuture<>();
    private final CompletableFuture<Void> goOn = new CompletableFuture<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();

    Taking(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    /** Reads to the end, clean or not. */
    void take(InputStream body) {
        take(body, () -> false);
    }

    /**
     * Reads to the end, clean or not.
     *
     * @param refused whether a write has failed: then an apparent end is not one (docs/wire.md)
     */
    void take(InputStream body, Callable<Boolean> refused) {
        MessageDigest digest = sha256();
        try {
            byte[] piece = new byte[65_536];
            long total = 0;
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                digest.update(piece, 0, count);
                total += count;
                if (total >= plan.mark()) {
                    marked.complete(null);
                    if (plan.pause()) {
                        await(goOn);
                    }
                }
            }
            boolean reset = refused.call();
            ended(!reset, reset, digest);
        } catch (IOException e) {
            ended(false, true, digest);
        } catch (Exception e) {
            ending.completeExceptionally(e);
        }
    }

    /** Records a loss before the body has begun. */
    void lost() {
        ended(false, true, sha256());
    }

    private void ended(boolean end, boolean error, MessageDigest digest) {
        marked.complete(null);
        ending.complete(new Ending(end, error, HexFormat.of().formatHex(digest.digest())));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T await(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void awaitMark() throws Exception {
        await(marked);
    }

    @Override
    public void goOn() {
        goOn.complete(null);
    }

    @Override
    public Ending ending() throws Exception {
        return await(ending);
    }
}
