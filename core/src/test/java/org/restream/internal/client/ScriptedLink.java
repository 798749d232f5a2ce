package org.restream.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.restream.internal.link.Connection;

/**
 * A connection without a network. It delivers a given message of the peer, and then ends or is lost, as the script
 * says.
 */
class ScriptedLink implements Connection {
    static final String LOST = "LOST";

    private final Deque<String> reads = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    ScriptedLink(String... reads) {
        this.reads.addAll(List.of(reads));
    }

    @Override
    public InetSocketAddress peer() {
        return InetSocketAddress.createUnresolved("scripted", 1);
    }

    @Override
    public boolean endedSilently() {
        return false;
    }

    @Override
    public void onMove(Runnable moved) {}

    @Override
    public int read(ByteBuffer into) throws IOException {
        String next = reads.poll();
        if (next == null) {
            return -1;
        }
        if (next.equals(LOST)) {
            reads.push(LOST);
            throw new IOException("Connection reset");
        }
        byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
        into.put(bytes);
        return bytes.length;
    }

    /** Throws if the link's script ends with a loss, because writes are lost too then. */
    @Override
    public void write(ByteBuffer from) throws IOException {
        if (LOST.equals(reads.peekLast()) && reads.size() == 1) {
            throw new IOException("Connection reset");
        }
        while (from.hasRemaining()) {
            written.write(from.get());
        }
    }

    @Override
    public void finish() {}

    @Override
    public void close() {}

    @Override
    public void abort() {}
}
