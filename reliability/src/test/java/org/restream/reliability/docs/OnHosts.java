package org.restream.reliability.docs;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.restream.reliability.blackbox.BuiltCommand;
import org.restream.reliability.blackbox.Command;

/** A test with a sender and a receiver. */
public abstract class OnHosts {
    @TempDir
    static Path built;

    private static Command command;

    @TempDir
    Path folder;

    private Hosts hosts;

    /** Where {@code send} runs. */
    protected Host sender;

    /** Where {@code listen} runs. */
    protected Host receiver;

    @BeforeAll
    static void install() throws Exception {
        command = BuiltCommand.install(built);
    }

    @BeforeEach
    void connect() throws Exception {
        hosts = new Hosts(folder, command);
        sender = hosts.sender();
        receiver = hosts.receiver();
    }

    @AfterEach
    void end() throws Exception {
        if (hosts != null) {
            hosts.close();
        }
    }
}
