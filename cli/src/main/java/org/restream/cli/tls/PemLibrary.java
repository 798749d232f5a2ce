package org.restream.cli.tls;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.restream.cli.library.LibraryFolder;

/** Loads what reads PEM files, at the first call. */
final class PemLibrary {
    private static final String READER = "org.restream.cli.tls.pem.BouncyCastleReader";

    private static @Nullable PemReader reader;

    private PemLibrary() {}

    static synchronized PemReader reader() {
        PemReader loaded = reader;
        if (loaded == null) {
            loaded = load(LibraryFolder.besideOurJar("tls"), PemLibrary.class.getClassLoader());
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
        return LibraryFolder.load(PemReader.class, READER, "what reads PEM files", folder, parent);
    }
}
