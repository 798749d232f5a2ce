package org.restream.reliability.blackbox;

/** A rule was broken. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Rule rule;

    Broken(Rule rule, String detail) {
        super(detail);
        this.rule = rule;
    }

    Rule rule() {
        return rule;
    }
}
