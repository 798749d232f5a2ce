package org.restream.files;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An upload that was whole before: there is nothing left to do. */
final class FinishedPart implements UploadStore.Part {
    private final UploadResult result;

    FinishedPart(UploadResult result) {
        this.result = result;
    }

    @Override
    public Optional<UploadResult> result() {
        return Optional.of(result);
    }

    @Override
    public long have() {
        return result.size();
    }

    @Override
    public void write(ByteBuffer bytes) {
        throw new IllegalStateException("the upload is whole");
    }

    @Override
    public boolean sync() {
        return true;
    }

    @Override
    public InputStream read(long from) {
        throw new IllegalStateException("the upload is whole, and has its name");
    }

    @Override
    public Optional<UploadResult> finish(String sha256) {
        return Optional.of(result);
    }

    @Override
    public void discard() {
        throw new IllegalStateException("the upload is whole, and has its name");
    }

    @Override
    public void close() {}
}
