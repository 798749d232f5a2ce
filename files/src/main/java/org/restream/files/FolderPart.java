package org.restream.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An upload of a {@link FolderStore} that is under way. */
final class FolderPart implements UploadStore.Part {
    private final FolderStore store;
    private final String id;
    private final UploadRecord opened;
    private final Disk.Data data;

    private volatile long written;
    private volatile long have;
    /** Another has it, or the disk has failed: nothing more is recorded. */
    private boolean lost;

    private boolean named;
    private boolean sealed;
    private volatile boolean closed;

    FolderPart(FolderStore store, String id, UploadRecord opened, Disk.Data data) {
        this.store = store;
        this.id = id;
        this.opened = opened;
        this.data = data;
        written = opened.have();
        have = opened.have();
    }

    String id() {
        return id;
    }

    /** How many of the bytes that it is to have are not there yet. */
    long missing() {
        return Math.max(0, opened.size() - written);
    }

    @Override
    public Optional<UploadResult> result() {
        return Optional.empty();
    }

    @Override
    public long have() {
        return have;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        try {
            store.disk().append(data, bytes);
        } finally {
            // a full disk may have taken some of them
            written = data.position();
        }
    }

    @Override
    public boolean sync() throws IOException, InterruptedException {
        syncData();
        if (opened.size() < 0) {
            store.room().checkGrowth();
        }
        long durable = written;
        return store.locks().locked(id, () -> {
            UploadRecord now = own();
            if (now == null) {
                return false;
            }
            store.write(id, now.with(durable, store.now()));
            have = durable;
            return true;
        });
    }

    private void syncData() throws IOException {
        boolean synced = false;
        try {
            store.disk().sync(data);
            synced = true;
        } finally {
            // what the system could not write it may have dropped, and a second try would not say so
            lost |= !synced;
        }
        if (!named) {
            store.syncNames();
            named = true;
        }
    }

    /** What is written down, as long as nobody else has opened it since; the lock is held. */
    private @Nullable UploadRecord own() throws IOException {
        UploadRecord now = lost ? null : store.record(id);
        if (now == null || now.epoch() != opened.epoch() || now.done() != null) {
            lost = true;
            return null;
        }
        return now;
    }

    /** Nothing comes, but somebody is connected: it is not to be taken for one that nobody goes on with. */
    void touch() throws IOException, InterruptedException {
        store.locks().locked(id, () -> {
            UploadRecord now = closed ? null : store.record(id);
            if (now == null || now.epoch() != opened.epoch() || now.sha256() != null) {
                return false;
            }
            store.write(id, now.with(now.have(), store.now()));
            return true;
        });
    }

    @Override
    public InputStream read(long from) throws IOException {
        FileInputStream in = new FileInputStream(store.part(id).toFile());
        try {
            in.skipNBytes(from);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public Optional<UploadResult> finish(String sha256) throws IOException, InterruptedException {
        data.cut();
        syncData();
        return store.locks().locked(id, () -> {
            UploadRecord now = own();
            if (now == null) {
                return Optional.<UploadResult>empty();
            }
            UploadRecord whole = now.whole(written, sha256, store.now());
            store.write(id, whole);
            have = written;
            sealed = true;
            return Optional.of(store.publish(id, whole));
        });
    }

    @Override
    public void discard() throws IOException, InterruptedException {
        store.locks().locked(id, () -> {
            boolean own = own() != null;
            if (own) {
                store.remove(id);
                lost = true;
            }
            return own;
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            letGo();
        } catch (IOException e) {
            // what was recorded before holds, and the rest is sent again
            lost = true;
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            closed = true;
            store.closed(this);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void letGo() throws IOException, InterruptedException {
        try (data) {
            if (!lost && written > have) {
                sync();
            }
            if (have == 0 && !sealed) {
                // nothing would be lost with it
                discard();
            }
        }
    }
}
