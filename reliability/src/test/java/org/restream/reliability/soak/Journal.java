package org.restream.reliability.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Records what a process has done, one line per fact. Each line is one write to the system, so SIGKILL loses none. */
final class Journal implements AutoCloseable {
    /** A line: what happened, to which request, with details. */
    record Fact(String what, long request, String detail) {}

    private final FileChannel file;

    Journal(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void note(String what, long request, String detail) throws IOException {
        file.write(ByteBuffer.wrap((what + " " + request + " " + detail + "\n").getBytes(US_ASCII)));
    }

    static List<Fact> read(Path path) throws IOException {
        List<Fact> facts = new ArrayList<>();
        if (Files.exists(path)) {
            for (String line : Files.readAllLines(path, US_ASCII)) {
                String[] parts = line.split(" ", 3);
                facts.add(new Fact(parts[0], Long.parseLong(parts[1]), parts[2]));
            }
        }
        return facts;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
