package org.restream.reliability.blackbox;

/**
 * The verdict on a transfer.
 *
 * @param kind how it is counted
 * @param rule the broken rule; null if none was
 * @param detail what was observed
 */
record Verdict(Kind kind, Rule rule, String detail) {
    enum Kind {
        RIGHT,
        /**
         * Something was cut by an end that can't be distinguished from a real one over plain TCP, and no size showed
         * it.
         */
        UNSEEN,
        WRONG,
        HUNG,
        /** The test harness itself has failed. */
        FAILED,
        /** A program that the plan needs is not installed. */
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

    /** Whether it has to be reported and investigated. */
    boolean isWrong() {
        return kind == Kind.WRONG || kind == Kind.HUNG || kind == Kind.FAILED;
    }

    @Override
    public String toString() {
        String name = Names.of(kind);
        return name + (rule == null ? "" : ", " + Names.of(rule)) + (detail.isEmpty() ? "" : ": " + detail);
    }
}
