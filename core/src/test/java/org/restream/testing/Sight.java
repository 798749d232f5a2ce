package org.restream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.restream.Action;
import org.restream.Header;
import org.restream.Incoming;

/** What a user sees of a message, in either style: header, data, and how it ends. */
public final class Sight {
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final CompletableFuture<String> ending = new CompletableFuture<>();
    private volatile Header header;

    /** Reads everything, in stream style. */
    public void read(Incoming in) throws IOException {
        try {
            header = in.header();
            for (int next = in.read(); next >= 0; next = in.read()) {
                data.write(next);
            }
            ending.complete("end");
        } catch (IOException e) {
            error(e);
            throw e;
        }
    }

    /** Attaches listeners; runs the action at the end. */
    public void listen(Incoming in, Action atEnd) {
        in.onHeader(known -> header = known)
                .onData(data::writeBytes)
                .onEnd(() -> {
                    ending.complete("end");
                    atEnd.run();
                })
                .onError(this::error);
    }

    /** Records an error that it can't see by itself: our own message could not be sent, say. */
    public void error(IOException e) {
        ending.complete(e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    /** The header; null if there was none so far. */
    public Header header() {
        return header;
    }

    /** The data so far. */
    public byte[] data() {
        return data.toByteArray();
    }

    /** How the message has ended: {@code end}, or type and message of an error; null if it has not. */
    public String ending() {
        return ending.getNow(null);
    }

    /** Waits for the end and checks everything: {@code end}, or the type of an error and a part of its message. */
    public void was(Header header, String data, String ending) throws Exception {
        String[] parts = ending.split(": ", 2);
        assertThat(this.ending.get(30, TimeUnit.SECONDS)).startsWith(parts[0]).contains(parts[parts.length - 1]);
        assertThat(this.header).isEqualTo(header);
        assertThat(this.data.toString(UTF_8)).isEqualTo(data);
    }
}
