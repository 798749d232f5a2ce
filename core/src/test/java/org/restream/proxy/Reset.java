package org.restream.proxy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Whether a connection is reset, which the system reports once, to whichever call comes first. */
final class Reset {
    private Reset() {}

    /** Writes, and waits for the end. */
    static boolean follows(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.getInputStream().readAllBytes();
            return false;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return true;
        }
    }
}
