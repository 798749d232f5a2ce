package org.restream.files;

import org.jspecify.annotations.Nullable;

/**
 * What the client says of an upload, and how much it may send.
 *
 * @param sha256 the digest that all of it is to have; null where the client says none
 * @param maxBytes how many bytes it may have, where it does not say its size
 */
record UploadTerms(UploadStore.Request request, @Nullable String sha256, long maxBytes) {
    String id() {
        return request.id();
    }

    long size() {
        return request.size();
    }

    long most() {
        return size() < 0 ? maxBytes : size();
    }
}
