package org.restream.cli;

import java.io.PrintStream;

/** A server and a client in one process. */
final class Demo {
    private Demo() {}

    static void run(PrintStream out) throws Exception {
        out.flush();
    }
}
