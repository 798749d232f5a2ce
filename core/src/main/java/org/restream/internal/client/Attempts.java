package org.restream.internal.client;

import java.io.IOException;
import org.restream.ServerAddress;
import org.restream.internal.exchange.Outcome;

/** Makes attempts: the loop's door to the network. */
interface Attempts {
    /**
     * Connects and makes an exchange.
     *
     * @param connected is run once there is a connection, before the exchange
     * @throws IOException no connection could be made
     * @throws InterruptedException the client was closed
     */
    Outcome make(ServerAddress server, Runnable connected) throws IOException, InterruptedException;
}
