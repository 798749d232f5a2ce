package org.restream.cli.tls;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads what reads PEM files. In the distribution it is in a folder {@code tls} beside our jar, and not on the class path: the
 * JVM would have to open its large jars at each start, to look there for what is nowhere. In a build it is on the class path.
 */
final class PemLibrary {
    private static final String READER = "org.restream.cli.tls.pem.BouncyCastleReader";
    private static final String FOLDER = "tls";

    private static @Nullable PemReader reader;

    private PemLibrary() {}

    /** Loads it at the first call. */
    static synchronized PemReader reader() {
        PemReader loaded = reader;
        if (loaded == null) {
            loaded = load(ownJar().resolveSibling(FOLDER), PemLibrary.class.getClassLoader());
            reader = loaded;
        }
        return loaded;
    }

    /**
     * Loads it from the jars of a folder, or where there is no such folder from the class path.
     *
     * @param parent has the classes of this package
     */
    static PemReader load(Path folder, ClassLoader parent) {
        try {
            // never closed: it is used until the command ends
            ClassLoader loader = Files.isDirectory(folder) ? new URLClassLoader(jars(folder), parent) : parent;
            return (PemReader)
                    Class.forName(READER, true, loader).getDeclaredConstructor().newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("what reads PEM files is not in " + folder + ": " + e, e);
        }
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : found) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars.toArray(URL[]::new);
    }

    private static Path ownJar() {
        try {
            return Path.of(PemLibrary.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
