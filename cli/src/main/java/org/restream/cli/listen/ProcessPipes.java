package org.restream.cli.listen;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.restream.cli.command.SpoolFile;

/**
 * The pipes that a command writes. They are named ones, made for it and without a name again once it runs: those of the JDK are
 * closed when the command's shell has ended, whoever else still writes. The end of one comes when its last writer has closed it.
 */
final class ProcessPipes implements Closeable {
    private static final long MOST_SECONDS = 10;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    /** Open both ways, so that no other open waits for its other side. */
    private final List<FileChannel> holders = new ArrayList<>();

    private final List<FileChannel> ends = new ArrayList<>();

    private ProcessPipes(Path folder) {
        this.folder = folder;
    }

    /** The command's ends are given to it by {@link #start}. */
    static ProcessPipes make(List<String> names) throws IOException, InterruptedException {
        ProcessPipes pipes = new ProcessPipes(Files.createTempDirectory(SpoolFile.folder(), "restream-"));
        try {
            for (String name : names) {
                pipes.files.add(pipes.folder.resolve(name));
            }
            pipes.makeFiles();
            return pipes;
        } catch (IOException | InterruptedException e) {
            pipes.close();
            throw e;
        }
    }

    /** Whether they can be made at all; throws where not. */
    static void check() throws IOException, InterruptedException {
        make(List.of("check")).close();
    }

    private void makeFiles() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
        files.forEach(file -> command.add(file.toString()));
        Process mkfifo = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = mkfifo.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
        if (!ended || mkfifo.exitValue() != 0) {
            mkfifo.destroyForcibly();
            throw new IOException("can't make pipes in " + folder + ": mkfifo "
                    + (ended ? "ended with status " + mkfifo.exitValue() : "does not end"));
        }
        for (Path file : files) {
            holders.add(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
    }

    boolean has(String name) {
        return files.contains(path(name));
    }

    /** The path of one, for the command; valid until {@link #unname}. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Our end of one. */
    FileChannel readEnd(String name) throws IOException {
        FileChannel end = FileChannel.open(path(name), StandardOpenOption.READ);
        ends.add(end);
        return end;
    }

    /** The command has its ends: from now on only who has them open can write or read. */
    void unname() throws IOException {
        for (FileChannel holder : holders) {
            holder.close();
        }
        holders.clear();
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        try {
            for (FileChannel end : ends) {
                end.close();
            }
        } finally {
            unname();
        }
    }
}
