package org.restream.files;

import java.io.IOException;
import java.nio.file.Path;
import org.restream.Header;

/** Gives whole uploads of a {@link FolderStore} their names. */
public interface Publisher {
    /**
     * An upload that is whole and on the disk.
     *
     * @param file where it is: a file in the same file system as the folder
     * @param header the header that it came with
     * @param name what {@link #name} gave when the upload began
     * @param size its bytes
     * @param sha256 their SHA-256
     */
    record Whole(Path file, Header header, String name, long size, String sha256) {}

    /**
     * The name that an upload is to have. Asked once, when it begins; the answer is kept with it.
     *
     * @param header the header that it came with
     * @return the name
     * @throws org.restream.Refusal if there is no name for it
     */
    String name(Header header) throws org.restream.Refusal;

    /**
     * Gives an upload its name. It may be called again for one that has its name already, where the process died before that was
     * recorded; it then gives the same name again. The file may stay where it is, as a second link.
     *
     * @param upload the upload
     * @return the name that it has now
     * @throws IOException if that can't be done now
     * @throws InterruptedException if the thread was interrupted
     */
    String publish(Whole upload) throws IOException, InterruptedException;
}
