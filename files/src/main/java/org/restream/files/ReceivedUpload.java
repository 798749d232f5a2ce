package org.restream.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.Refusal;

/**
 * One exchange with an upload, from its header to the answer's body. Another thread may take the upload over meanwhile: then this one
 * has nothing more to do with it, and its peer hears so.
 */
final class ReceivedUpload {
    private static final int PIECE = 256 * 1024;

    private final Incoming req;
    final Outgoing res;
    private final UploadStore store;
    final UploadTerms terms;
    private final ActiveUploads active;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final SyncGroup group;

    private volatile @Nullable Refusal refusal;
    private long opened;

    // guarded by the lock
    private UploadStore.@Nullable Part part;
    private @Nullable RunningDigest digest;
    private long written;
    private boolean finished;
    private boolean over;

    ReceivedUpload(
            Incoming req, Outgoing res, UploadStore store, UploadTerms terms, ActiveUploads active, SyncGroup group) {
        this.req = req;
        this.res = res;
        this.store = store;
        this.terms = terms;
        this.active = active;
        this.group = group;
    }

    /** Whoever had the upload before has let go of it. */
    void entered() {
        entered.countDown();
    }

    /** Receives it, up to the answer's end. */
    Reception run() throws IOException, InterruptedException {
        Optional<UploadResult> before = open();
        if (before.isPresent()) {
            return new Reception(before.get().size(), before.get(), true, null);
        }
        long from = opened;
        byte[] piece = new byte[PIECE];
        for (int count = req.read(piece); count >= 0; count = req.read(piece)) {
            if (!take(ByteBuffer.wrap(piece, 0, count))) {
                return new Reception(from, null, false, refusal);
            }
        }
        UploadResult result = finish().orElse(null);
        return new Reception(from, result, false, result == null ? refusal : null);
    }

    /** Says at once how much is there; gives what it became, where it was whole before. */
    private Optional<UploadResult> open() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (over) {
                throw Refusals.takenOver();
            }
            UploadStore.Part mine = openedPart();
            part = mine;
            opened = mine.have();
            written = opened;
            if (mine.result().isPresent()) {
                finished = true;
                res.header("upload", Map.of("done", true));
                res.end(mine.result().get().toHeader().toString());
                return mine.result();
            }
            if (req.available() > 0) {
                throw new Refusal("bytes came before the answer that says from where: wait for \"have\"");
            }
            digest = active.digest(terms.id(), written);
            digest.resume(written, mine::read);
            res.header("upload", Map.of("have", written)).flush();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private UploadStore.Part openedPart() throws Refusal, InterruptedException {
        try {
            return store.open(terms.request());
        } catch (IOException e) {
            throw Refusals.of(e);
        }
    }

    /** Stores a piece; false where no more is to come, which the peer was told. */
    private boolean take(ByteBuffer piece) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            UploadStore.Part mine = part;
            RunningDigest running = digest;
            if (over || mine == null || running == null) {
                return false;
            }
            int count = piece.remaining();
            if (count > terms.most() - written) {
                return say(new Refusal("the body has more than " + terms.most() + " bytes"));
            }
            ByteBuffer same = piece.duplicate();
            mine.write(piece);
            running.add(written, same);
            written += count;
            return !group.isFullWith(count) || synced(mine);
        } catch (IOException e) {
            return say(Refusals.of(e));
        } finally {
            lock.unlock();
        }
    }

    /** Makes durable what has come; false where another process has the upload. */
    private boolean synced(UploadStore.Part mine) throws IOException, InterruptedException {
        if (!mine.sync()) {
            return say(Refusals.takenOver());
        }
        group.begin();
        return true;
    }

    private Optional<UploadResult> finish() throws IOException, InterruptedException {
        RunningDigest running = whole();
        String sha256 = running == null ? null : running.await();
        lock.lockInterruptibly();
        try {
            UploadStore.Part mine = part;
            if (over || mine == null || sha256 == null) {
                return Optional.empty();
            }
            if (terms.sha256() != null && !terms.sha256().equals(sha256)) {
                finished = true;
                mine.discard();
                say(new Refusal("the header says sha256 " + terms.sha256() + ", what came has " + sha256));
                return Optional.empty();
            }
            Optional<UploadResult> result = published(mine, sha256);
            if (result.isPresent()) {
                finished = true;
                res.end(result.get().toHeader().toString());
            }
            return result;
        } finally {
            lock.unlock();
        }
    }

    private Optional<UploadResult> published(UploadStore.Part mine, String sha256) throws InterruptedException {
        try {
            Optional<UploadResult> result = mine.finish(sha256);
            if (result.isEmpty()) {
                say(Refusals.takenOver());
            }
            return result;
        } catch (IOException e) {
            say(Refusals.of(e));
            return Optional.empty();
        }
    }

    /** The body has ended: what has come is made durable before anything that may take its time. Null where this is not to go on. */
    private @Nullable RunningDigest whole() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            UploadStore.Part mine = part;
            RunningDigest running = digest;
            if (over || mine == null || running == null) {
                return null;
            }
            if (terms.size() >= 0 && written < terms.size()) {
                say(Refusals.cut(terms.size(), written));
                return null;
            }
            return running.isCurrent() || synced(mine) ? running : null;
        } finally {
            lock.unlock();
        }
    }

    /** Another connection goes on with the upload. Returns when this one has let go of it; whether its peer was told so. */
    boolean takeOver() throws InterruptedException {
        entered.await();
        lock.lockInterruptibly();
        try {
            boolean began = part != null && !over && !finished;
            letGo();
            if (began) {
                // before the handler finds out and returns, which ends the answer
                say(Refusals.takenOver());
            }
            return began;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            letGo();
        } finally {
            lock.unlock();
        }
    }

    private void letGo() {
        over = true;
        RunningDigest running = digest;
        UploadStore.Part mine = part;
        part = null;
        digest = null;
        if (running != null) {
            running.suspend();
        }
        if (mine != null) {
            mine.close();
        }
        if (running != null && !finished) {
            active.keep(terms.id(), running);
        }
    }

    /** Always false: nothing more is taken. */
    private boolean say(Refusal no) {
        refusal = no;
        Refusals.say(no, res);
        return false;
    }
}
