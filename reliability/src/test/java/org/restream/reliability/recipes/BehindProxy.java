package org.restream.reliability.recipes;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;

/**
 * HAProxy and its clients at the sender's host, the receiver at the other one, at the addresses that the documents name: 10.0.0.5
 * and 10.0.0.20. Clients come from an address that is not HAProxy's.
 */
abstract class BehindProxy extends OnRecipeHosts {
    /** The sender's other address. A connection to it comes from it. */
    static final String CLIENT = "10.231.9.1";

    @BeforeEach
    void addAddresses() throws Exception {
        needs("haproxy");
        sender.run("ip address add 10.0.0.5/24 dev cable");
        receiver.run("ip address add 10.0.0.20/24 dev cable");
    }

    /** Starts HAProxy with this configuration. */
    void balance(String configuration) throws Exception {
        Files.writeString(sender.path("haproxy.cfg"), configuration);
        sender.run("PATH=$PATH:/usr/sbin; haproxy -c -f haproxy.cfg");
        sender.start("PATH=$PATH:/usr/sbin; exec haproxy -db -f haproxy.cfg");
        awaitListener(sender);
    }
}
