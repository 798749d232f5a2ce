package org.restream.reliability.blackbox;

/**
 * What came out of a transfer.
 *
 * @param kind how it is counted
 * @param rule that was broken; null where none was
 * @param detail what was seen
 */
record Verdict(Kind kind, Rule rule, String detail) {
    enum Kind {
        RIGHT,
        /** Something was cut by an end that plain TCP can't tell from a real one, and no size told it. */
        UNSEEN,
        WRONG,
        HUNG,
        /** This harness could not do it. */
        FAILED,
        /** A program that the plan needs is not here. */
        SKIPPED
    }

    static final Verdict RIGHT = new Verdict(Kind.RIGHT, null, "");

    static Verdict unseen(String detail) {
        return new Verdict(Kind.UNSEEN, null, detail);
    }

    static Verdict wrong(Rule rule, String detail) {
        return new Verdict(rule == Rule.ENDS ? Kind.HUNG : Kind.WRONG, rule, detail);
    }

    static Verdict skipped(String detail) {
        return new Verdict(Kind.SKIPPED, null, detail);
    }

    static Verdict failed(Exception e) {
        return new Verdict(Kind.FAILED, null, e.toString());
    }

    /** Whether it is to be told, and looked into. */
    boolean isWrong() {
        return kind == Kind.WRONG || kind == Kind.HUNG || kind == Kind.FAILED;
    }

    @Override
    public String toString() {
        String name = Names.of(kind);
        return name + (rule == null ? "" : ", " + Names.of(rule)) + (detail.isEmpty() ? "" : ": " + detail);
    }
}
