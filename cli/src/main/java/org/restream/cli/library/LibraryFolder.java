package org.restream.cli.library;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads what few commands need. In the distribution it is in a folder beside our jar, and not on the class path: the JVM would have to
 * open its large jars at each start, to look there for what is nowhere. In a build it is on the class path.
 */
public final class LibraryFolder {
    private LibraryFolder() {}

    /** The folder of that name beside our jar. */
    public static Path besideOurJar(String name) {
        try {
            return Path.of(LibraryFolder.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling(name);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes an object of a class from the jars of a folder, or where there is no such folder from the class path.
     *
     * @param type what it is; its loader is the parent of that of the folder
     * @param className the class, which has a constructor without parameters
     * @param what names it in the error
     * @param parent has the classes of the command
     */
    public static <T> T load(Class<T> type, String className, String what, Path folder, ClassLoader parent) {
        try {
            // never closed: it is used until the command ends
            ClassLoader loader = Files.isDirectory(folder) ? new URLClassLoader(jars(folder), parent) : parent;
            return type.cast(Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(what + " is not in " + folder + ": " + e, e);
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
}
