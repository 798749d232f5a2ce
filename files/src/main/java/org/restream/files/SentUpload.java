package org.restream.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.restream.Backoff;
import org.restream.Header;
import org.restream.Listener;
import org.restream.Outgoing;

/** A file on its way, over as many exchanges as it takes. One exchange at a time uses it. */
final class SentUpload {
    private static final int PIECE = 256 * 1024;

    private final Path file;
    private final SenderStates states;
    private final Path place;
    private final Header fields;
    private final Duration answerTimeout;
    private final Listener<? super UploadEvent> listener;
    private final AtomicReference<@Nullable Duration> asked = new AtomicReference<>();

    private volatile @Nullable SenderState current;
    private volatile RunningDigest digest = new RunningDigest();
    private volatile long position;
    private volatile @Nullable UploadResult result;

    /**
     * @param place where its state is kept
     * @param fields the user's, for the header
     */
    SentUpload(
            Path file,
            SenderStates states,
            Path place,
            Header fields,
            Duration answerTimeout,
            Listener<? super UploadEvent> listener) {
        this.file = file;
        this.states = states;
        this.place = place;
        this.fields = fields;
        this.answerTimeout = answerTimeout;
        this.listener = listener;
    }

    Duration answerTimeout() {
        return answerTimeout;
    }

    /** The upload to go on with; a new one where there is none, or the file is no longer what it was. */
    SenderState state() throws IOException {
        FileStamp stamp = FileStamp.of(file);
        SenderState before = current == null ? states.read(place) : current;
        if (before != null) {
            String how = stamp.changeSince(before.stamp());
            if (how.isEmpty()) {
                current = before;
                return before;
            }
            tell(new UploadEvent.Changed(file, how));
        }
        SenderState begun = new SenderState(UploadId.random(), stamp, false);
        states.write(place, begun, file);
        digest.suspend();
        digest = new RunningDigest();
        current = begun;
        return begun;
    }

    Header header(SenderState state) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("name", String.valueOf(file.getFileName()));
        header.putAll(fields);
        header.put("size", state.stamp().size());
        header.put("upload", Map.of("id", state.id()));
        return Header.from(header);
    }

    void answered(Header answer) {
        tell(new UploadEvent.Answered(file, answer));
    }

    void sendFrom(long have, Outgoing req) throws IOException {
        SenderState state = known();
        long size = state.stamp().size();
        if (have < 0 || have > size) {
            throw new WrongResultException("the server wants the file from byte " + have + ", and it has " + size);
        }
        position = have;
        tell(new UploadEvent.Accepted(file, have, size));
        digest.suspend();
        digest.resume(have, this::open);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            send(in, state, req);
        }
    }

    /** The server takes uploads: from now on its silence is a loss. */
    private SenderState known() throws IOException {
        SenderState state = current;
        if (state == null) {
            throw new IllegalStateException("no upload has begun");
        }
        if (!state.known()) {
            state = state.nowKnown();
            states.write(place, state, file);
            current = state;
        }
        return state;
    }

    private void send(FileChannel in, SenderState state, Outgoing req) throws IOException {
        long size = state.stamp().size();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long at = position;
        while (at < size) {
            piece.clear().limit((int) Math.min(PIECE, size - at));
            int count = in.read(piece, at);
            if (count < 0) {
                throw new FileChangedException(file, "it ends after " + at + " bytes, not after " + size);
            }
            digest.add(at, piece.flip());
            req.write(piece);
            at += count;
            position = at;
        }
        String how = FileStamp.of(file).changeSince(state.stamp());
        if (!how.isEmpty()) {
            throw new FileChangedException(file, how);
        }
    }

    private InputStream open(long from) throws IOException {
        FileInputStream in = new FileInputStream(file.toFile());
        try {
            in.skipNBytes(from);
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The server has it, and says what it became. */
    void ended(UploadResult said, boolean wasDone) throws IOException, InterruptedException {
        SenderState state = known();
        if (wasDone) {
            digest.suspend();
            digest.resume(state.stamp().size(), this::open);
            position = state.stamp().size();
        }
        String sha256 = digest.await();
        states.forget(place);
        if (said.size() != state.stamp().size()) {
            throw new WrongResultException("the server has stored " + said.size() + " bytes, and the file has "
                    + state.stamp().size());
        }
        if (!said.sha256().equals(sha256)) {
            throw new WrongResultException(
                    "what the server has stored has sha256 " + said.sha256() + ", and the file has " + sha256);
        }
        result = said;
        if (wasDone) {
            tell(new UploadEvent.WasDone(file, said));
        }
    }

    /** What it has become; null while that is not known. */
    @Nullable
    UploadResult result() {
        return result;
    }

    /** How many of its bytes the server has, or are on the way to it. */
    long position() {
        return position;
    }

    void stop() {
        digest.suspend();
    }

    /** The server has asked for a wait. */
    void waitNext(Duration time) {
        asked.set(time);
    }

    /** The back-off, but for waits that the server has asked for. */
    Backoff around(Backoff usual) {
        return failures -> {
            Duration delay = usual.delay(failures);
            Duration said = asked.getAndSet(null);
            return said == null || said.compareTo(delay) < 0 ? delay : said;
        };
    }

    /** A listener's exception is its own business. */
    private void tell(UploadEvent event) {
        try {
            listener.accept(event);
        } catch (Exception e) {
            System.getLogger("org.restream").log(System.Logger.Level.ERROR, "a listener of uploads has failed", e);
        }
    }
}
