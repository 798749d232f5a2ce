package org.restream.internal.session;

/** What a process has for the bytes of its sessions, beside what each was given at its beginning. Called under a session's lock. */
public interface Memory {
    /** As much as anybody wants. */
    Memory PLENTY = new Memory() {
        @Override
        public boolean take(long bytes) {
            return true;
        }

        @Override
        public void give(long bytes) {}
    };

    /** Takes so many bytes; or none, where there are not so many. */
    boolean take(long bytes);

    /** Gives bytes back. */
    void give(long bytes);
}
