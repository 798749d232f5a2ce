package org.restream.cli.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, from a resource that the build writes: the same on the module path, on the class path and in tests. */
public final class Version implements IVersionProvider {
    private static final String FILE = "version.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"restream " + number()};
    }

    /** The version alone. */
    public String number() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new FileNotFoundException(FILE);
            }
            properties.load(in);
        }
        return properties.getProperty("version", "unknown");
    }
}
