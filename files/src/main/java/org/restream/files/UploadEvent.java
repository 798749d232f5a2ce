package org.restream.files;

import java.nio.file.Path;
import org.restream.Header;

/** What a {@link FileSender} tells of an upload, beside the events of its client. */
public sealed interface UploadEvent {
    /**
     * The server's answer has begun.
     *
     * @param file the file
     * @param header the answer's header
     */
    record Answered(Path file, Header header) implements UploadEvent {}

    /**
     * The server has said from where it wants the file.
     *
     * @param file the file
     * @param have how many of its bytes the server has already
     * @param size how many there are
     */
    record Accepted(Path file, long have, long size) implements UploadEvent {}

    /**
     * The file is another than when its upload began, so this is a new upload, from the start.
     *
     * @param file the file
     * @param how what has changed
     */
    record Changed(Path file, String how) implements UploadEvent {}

    /**
     * The server had all of it before: what was lost was its answer.
     *
     * @param file the file
     * @param result what the upload became
     */
    record WasDone(Path file, UploadResult result) implements UploadEvent {}
}
