package org.restream.reliability.blackbox;

/** What a transfer is judged by; docs/reliability.md has the same rules, word for word. */
enum Rule {
    RECEIVED("status 0 of `send`: the receiver has exactly the bytes that went in, whole, and under a name once"),
    ANSWERED("status 0 of `send`: the answer is whole, and says what was stored"),
    NOT_FOR_NOTHING("no status 0, and no file, for nothing: a connection without one byte is no exchange"),
    STORED(
            "a file in the folder of `--output`, and what a `listen --once` that ends with status 0 has written, is whole; "
                    + "what is cut leaves nothing behind, neither there nor in `$TMPDIR`"),
    NO_OTHER_BYTES("what arrives is a beginning of what went in, never anything else, whoever cut it"),
    COMES_BACK(
            "a sender comes back until its options say to give up, and then says so: its status is one that the plan gives it"),
    ENDS("nothing hangs: each transfer has a bound, and what is left then is named"),
    LIVES("a receiver outlives whatever its senders do");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
