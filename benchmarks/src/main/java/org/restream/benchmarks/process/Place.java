package org.restream.benchmarks.process;

import java.util.List;

/** Where a server and its client run. */
public interface Place {
    /** Both on this host. */
    Place LOOPBACK = new Place() {
        @Override
        public String address() {
            return "127.0.0.1";
        }

        @Override
        public List<String> server(List<String> command) {
            return command;
        }

        @Override
        public List<String> client(List<String> command) {
            return command;
        }
    };

    /** The server's address. */
    String address();

    /** The command line that runs a command where the server is. */
    List<String> server(List<String> command);

    /** The command line that runs a command where the client is. */
    List<String> client(List<String> command);
}
