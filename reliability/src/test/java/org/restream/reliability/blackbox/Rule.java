package org.restream.reliability.blackbox;

/** The rules by which a transfer is judged. docs/reliability.md has the same rules, word for word. */
enum Rule {
    RECEIVED("status 0 of `send`: the receiver has exactly the bytes that were sent, whole, and in one file only"),
    ANSWERED("status 0 of `send`: the answer is whole, and says what was stored"),
    NOT_FOR_NOTHING("no status 0, and no file, for nothing: a connection without a byte is not an exchange"),
    STORED("a file in the folder of `--output`, and the output of a `listen --once` that ends with status 0, is whole; "
            + "a cut body leaves nothing behind, neither there nor in `$TMPDIR`"),
    NO_OTHER_BYTES("what arrives is a prefix of what was sent, never anything else, whoever cut it"),
    COMES_BACK(
            "a sender tries again until its options make it give up, and then reports that: its status is one that the plan allows"),
    ENDS("nothing hangs: each transfer has a time limit, and processes that exceed it are named"),
    LIVES("a receiver survives whatever its senders do");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
