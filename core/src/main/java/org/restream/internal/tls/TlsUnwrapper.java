package org.restream.internal.tls;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The engine's decrypting side, and why it has failed. A fatal alert closes both sides of the engine: a thread that writes then
 * finds it closed, perhaps before the thread that reads has said why.
 */
final class TlsUnwrapper {
    private final SSLEngine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SSLException failure;

    TlsUnwrapper(SSLEngine engine) {
        this.engine = engine;
    }

    /** As {@link SSLEngine#unwrap(ByteBuffer, ByteBuffer)}. */
    SSLEngineResult unwrap(ByteBuffer records, ByteBuffer into) throws SSLException {
        lock.lock();
        try {
            return engine.unwrap(records, into);
        } catch (SSLException e) {
            failure = e;
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** Why it has failed, null where it has not; one that runs is waited for, which never waits for the peer. */
    @Nullable
    SSLException failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }
}
