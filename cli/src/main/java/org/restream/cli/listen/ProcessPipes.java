package org.restream.cli.listen;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.restream.cli.command.SpoolFile;

/**
 * The pipes for a command's output. They are named pipes whose names are removed once the command runs. The JDK would
 * close pipes of its own when the shell has ended, even if its children still write; a named pipe ends when its last
 * writer has closed it.
 */
final class ProcessPipes implements Closeable {
    private static final long MOST_SECONDS = 10;

    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    /** Keeps each pipe open for reading and writing, so that no other open blocks. */
    private final List<FileChannel> holders = new ArrayList<>();

    private final List<FileChannel> ends = new ArrayList<>();

    private ProcessPipes(Path folder) {
        this.folder = folder;
    }

    /** Creates the pipes. */
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

    /** Throws if pipes can't be created. */
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
            String why = "mkfifo " + (ended ? "ended with status " + mkfifo.exitValue() : "does not end");
            throw new FileSystemException(folder.toString(), null, why);
        }
        for (Path file : files) {
            holders.add(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
        }
    }

    boolean has(String name) {
        return files.contains(path(name));
    }

    /** The path of a pipe, for the command; valid until {@link #unname}. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Our end of a pipe. */
    FileChannel readEnd(String name) throws IOException {
        FileChannel end = FileChannel.open(path(name), StandardOpenOption.READ);
        ends.add(end);
        return end;
    }

    /** Removes the names. The command has its ends open; no other process can open them from now on. */
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
