package org.restream.cli.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The paths of certificates and keys.
 *
 * @param certificates our certificate and its chain; null to show none
 * @param key its private key, which may be in the same file
 * @param authorities the authorities to trust; null for those that Java trusts
 */
public record TlsFiles(
        @Nullable Path certificates,
        @Nullable Path key,
        @Nullable Path authorities) {
    /** Far larger than a file with all authorities of the web. */
    private static final long MOST = 8 << 20;

    /** The UTF-8 byte order mark that some editors write, decoded as ISO 8859-1. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** Whether they can be read again, unlike a pipe, such as the shell makes for {@code <(command)}. */
    boolean areRegular() {
        return isRegular(certificates) && isRegular(key) && isRegular(authorities);
    }

    private static boolean isRegular(@Nullable Path file) {
        return file == null || Files.isRegularFile(file);
    }

    /** Reads the files. */
    TlsTexts read() throws TlsFileException {
        return new TlsTexts(text(certificates), text(key), text(authorities));
    }

    private static @Nullable PemText text(@Nullable Path file) throws TlsFileException {
        return file == null ? null : new PemText(file, read(file));
    }

    private static String read(Path file) throws TlsFileException {
        try {
            if (Files.isDirectory(file)) {
                throw new TlsFileException(file, "it is a folder; a PEM file is needed");
            }
            if (Files.size(file) > MOST) {
                throw new TlsFileException(
                        file, "it has " + Files.size(file) + " bytes; no PEM file is larger than 8 MiB");
            }
            // PEM is ASCII; this charset decodes any other content too, so that the parser can report what is wrong
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (NoSuchFileException e) {
            throw new TlsFileException(file, "there is no such file", e);
        } catch (TlsFileException e) {
            throw e;
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e);
            throw new TlsFileException(file, "the file can't be read: " + why, e);
        }
    }
}
