package org.restream.cli.console;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects standard streams that were closed before the command was started, as by {@code <&-}. Their file descriptors
 * go to the next files that the process opens, which are the JVM's own: reading from them does not give stdin.
 */
public final class ClosedStreams {
    /** The descriptors that the launcher has found closed. It opens something harmless in their place. */
    private static final String PROPERTY = "org.restream.closed";

    private ClosedStreams() {}

    /** Whether this stream was closed: {@link Terminal#STDIN}, {@link Terminal#STDOUT}. */
    public static boolean contain(int stream) {
        String told = System.getProperty(PROPERTY);
        return told == null ? isOfTheJvm(stream) : List.of(told.split(",")).contains(Integer.toString(stream));
    }

    /**
     * The check without a launcher, on a system that shows open files: whether the descriptor belongs to a file that
     * the JVM reads for itself. If a user sends that very file, it is open twice.
     */
    private static boolean isOfTheJvm(int stream) {
        Path descriptors = Path.of("/proc/self/fd");
        try {
            Path file = Files.readSymbolicLink(descriptors.resolve(Integer.toString(stream)));
            return ofTheJvm().contains(file) && count(descriptors, file) == 1;
        } catch (IOException | UnsupportedOperationException e) {
            // not Linux, or the descriptor is not open
            return false;
        }
    }

    private static Set<Path> ofTheJvm() throws IOException {
        Set<Path> files = new HashSet<>();
        files.add(Path.of(System.getProperty("java.home"), "lib", "modules").toRealPath());
        for (String entry : classPath()) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                files.add(path.toRealPath());
            }
        }
        return files;
    }

    private static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static int count(Path descriptors, Path file) throws IOException {
        int count = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : all) {
                count += file.equals(target(descriptor)) ? 1 : 0;
            }
        }
        return count;
    }

    private static @Nullable Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            // closed meanwhile
            return null;
        }
    }
}
