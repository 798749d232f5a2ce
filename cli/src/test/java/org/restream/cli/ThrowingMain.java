package org.restream.cli;

/** The command, with a bug that ends its main thread. */
public final class ThrowingMain {
    private ThrowingMain() {}

    public static void main(String[] args) {
        Main.handleUncaught(Main.stderr(), args);
        throw new StackOverflowError("a bug");
    }
}
