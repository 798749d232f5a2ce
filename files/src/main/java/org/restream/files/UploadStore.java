package org.restream.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.restream.Header;

/**
 * Where uploads are kept until they are whole. {@link FolderStore} keeps them in a folder; an object store can be another.
 *
 * <p>Several processes may share what is behind it: who opens an upload has it, and who had it before finds out when it syncs. What it
 * can't store now it says by an {@link IOException}, and what it will not store by a {@link org.restream.Refusal}.
 */
public interface UploadStore extends Closeable {
    /**
     * An upload as its client describes it.
     *
     * @param id its id: 22 characters of base64url
     * @param header the request's header, without the field {@code upload}
     * @param size how many bytes it has in all; -1 where the client does not say
     * @param owner who may go on with it: the digest of the key of the client's certificate; null where it has shown none
     */
    record Request(
            String id, Header header, long size, @Nullable String owner) {}

    /**
     * Opens an upload, or begins it. From now on it is the caller's alone.
     *
     * @param request what the client says
     * @return the upload as far as it is there
     * @throws org.restream.Refusal if it is not to be: another's, of another size than before, too large, too many
     * @throws IOException if it can't be stored now
     * @throws InterruptedException if the thread was interrupted
     */
    Part open(Request request) throws IOException, InterruptedException;

    /**
     * Removes what has been kept for long enough. What is under way is never removed.
     *
     * @throws IOException if it can't look through what is there
     * @throws InterruptedException if the thread was interrupted
     */
    void clean() throws IOException, InterruptedException;

    /** An open upload. One thread at a time uses it, but {@link #read} may be called at any time. */
    interface Part extends Closeable {
        /**
         * What it became, where it was whole before: then there is nothing to write.
         *
         * @return the result
         */
        Optional<UploadResult> result();

        /**
         * How many bytes are durable. It never falls.
         *
         * @return the bytes that nobody has to send again
         */
        long have();

        /**
         * Adds bytes at the end.
         *
         * @param bytes all that remains is taken
         * @throws IOException if they can't be stored now
         */
        void write(ByteBuffer bytes) throws IOException;

        /**
         * Makes durable what was written, and records it.
         *
         * @return false where another has taken the upload over: then this one is of no more use
         * @throws IOException if that can't be done now
         * @throws InterruptedException if the thread was interrupted
         */
        boolean sync() throws IOException, InterruptedException;

        /**
         * Reads what has been written, for the digest of bytes that another process has received.
         *
         * @param from the first byte to read
         * @return the bytes; after what is there by now there may be more later
         * @throws IOException if it can't be read
         */
        InputStream read(long from) throws IOException;

        /**
         * All has been written: gives it its name. May be called again after it has failed, also by another process.
         *
         * @param sha256 the digest of what was written
         * @return what it became; empty where another has taken the upload over
         * @throws IOException if that can't be done now
         * @throws InterruptedException if the thread was interrupted
         */
        Optional<UploadResult> finish(String sha256) throws IOException, InterruptedException;

        /**
         * Removes the upload: what was written is not what the client meant.
         *
         * @throws IOException if that can't be done
         * @throws InterruptedException if the thread was interrupted
         */
        void discard() throws IOException, InterruptedException;

        /** Lets go of it; what was written is synced where that is possible, and kept. */
        @Override
        void close();
    }
}
