package org.restream.files;

import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

/**
 * What has come of one exchange with an upload.
 *
 * @param from how many bytes were there before
 * @param result what the upload became; null where it did not become whole
 * @param wasDone whether it was whole before this exchange
 * @param refusal what the client was told in the answer's body; null where it was told nothing of the kind
 */
public record Reception(
        long from,
        @Nullable UploadResult result,
        boolean wasDone,
        @Nullable Refusal refusal) {}
