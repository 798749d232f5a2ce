package org.restream.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A disk whose process dies at a chosen step: nothing that it does from then on happens. */
final class FaultyDisk extends Disk {
    /** The process that is dead now would not have come so far. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    private final int dieAt;
    private final List<String> steps = new ArrayList<>();
    private final Map<Path, Long> synced = new HashMap<>();
    private final Map<Data, Path> files = new HashMap<>();
    private volatile IOException full;

    /**
     * @param dieAt the number of the step before which it dies, from 0; as many as there are: it lives
     */
    FaultyDisk(int dieAt) {
        this.dieAt = dieAt;
    }

    /** From now on there is no room for bodies; null: there is again. */
    void fill(IOException why) {
        full = why;
    }

    List<String> steps() {
        return steps;
    }

    private void step(String what) {
        if (steps.size() >= dieAt) {
            throw new Death();
        }
        steps.add(what);
    }

    @Override
    Data open(Path file, long size) throws IOException {
        step("open");
        Data opened = super.open(file, size);
        files.put(opened, file);
        synced.put(file, size);
        return opened;
    }

    @Override
    void append(Data data, ByteBuffer bytes) throws IOException {
        step("append");
        if (full != null) {
            throw full;
        }
        super.append(data, bytes);
    }

    @Override
    void sync(Data data) throws IOException {
        step("sync");
        super.sync(data);
        synced.put(files.get(data), data.position());
    }

    /** The machine crashes: of each file that is only there which was synced. */
    void crash() throws IOException {
        for (Map.Entry<Path, Long> file : synced.entrySet()) {
            if (Files.exists(file.getKey())) {
                super.open(file.getKey(), file.getValue()).close();
            }
        }
    }

    @Override
    void replace(Path file, String text) throws IOException {
        step("replace");
        super.replace(file, text);
    }

    @Override
    void delete(Path file) throws IOException {
        step("delete");
        super.delete(file);
    }

    @Override
    void syncFolder(Path folder) {
        step("syncFolder");
        super.syncFolder(folder);
    }
}
