package org.restream.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.restream.Refusal;

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

    UploadStore.Part open(UploadStore store) throws Refusal, InterruptedException {
        try {
            return store.open(request);
        } catch (IOException e) {
            throw Refusals.of(e);
        }
    }

    /** Throws where so many more are too many. */
    void checkMore(long have, int more) throws Refusal {
        long most = request.size() < 0 ? maxBytes : request.size();
        if (more > most - have) {
            throw new Refusal("the body has more than " + most + " bytes");
        }
    }

    /** Throws where the body may not end after so many bytes. */
    void checkEnd(long have) throws Refusal {
        if (request.size() >= 0 && have < request.size()) {
            throw Refusals.cut(request.size(), have);
        }
    }
}
