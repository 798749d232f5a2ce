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
            UploadStore.Part mine = terms.open(store);
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
            terms.checkMore(written, count);
            ByteBuffer same = piece.duplicate();
            mine.write(piece);
            running.add(written, same);
            written += count;
            if (group.isFullWith(count)) {
                sync(mine);
            }
            return true;
        } catch (IOException e) {
            say(Refusals.of(e));
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Makes durable what has come, unless another process has the upload. */
    private void sync(UploadStore.Part mine) throws IOException, InterruptedException {
        if (!mine.sync()) {
            throw Refusals.takenOver();
        }
        group.begin();
    }

    /** The body has ended: says what it became, or why it became nothing. */
    private Optional<UploadResult> finish() throws IOException, InterruptedException {
        Optional<UploadResult> result;
        try {
            RunningDigest running = whole();
            String sha256 = running == null ? null : running.await();
            result = sha256 == null ? Optional.empty() : published(sha256);
        } catch (IOException e) {
            sayUnlessOver(Refusals.of(e));
            return Optional.empty();
        }
        if (result.isPresent()) {
            res.end(result.get().toHeader().toString());
        }
        return result;
    }

    private Optional<UploadResult> published(String sha256) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            UploadStore.Part mine = part;
            if (over || mine == null) {
                return Optional.empty();
            }
            if (terms.sha256() != null && !terms.sha256().equals(sha256)) {
                finished = true;
                mine.discard();
                throw new Refusal("the header says sha256 " + terms.sha256() + ", what came has " + sha256);
            }
            UploadResult result = mine.finish(sha256).orElseThrow(Refusals::takenOver);
            finished = true;
            return Optional.of(result);
        } finally {
            lock.unlock();
        }
    }

    /** What has come is made durable before anything that may take its time. Null where this is not to go on. */
    private @Nullable RunningDigest whole() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            UploadStore.Part mine = part;
            RunningDigest running = digest;
            if (over || mine == null || running == null) {
                return null;
            }
            terms.checkEnd(written);
            if (!running.isCurrent()) {
                sync(mine);
            }
            return running;
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

    private void sayUnlessOver(Refusal no) {
        lock.lock();
        try {
            if (!over) {
                say(no);
            }
        } finally {
            lock.unlock();
        }
    }

    private void say(Refusal no) {
        refusal = no;
        Refusals.say(no, res);
    }
}
