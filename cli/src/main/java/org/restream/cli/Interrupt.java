package org.restream.cli;

/**
 * Ctrl-C and SIGTERM: leave the terminal as it was and end, with one exit status for both. Nothing else is left to do: the
 * kernel resets the connections that are not whole, and the temporary files have no name.
 */
final class Interrupt {
    private final Thread hook;

    private Interrupt(Runnable restore) {
        hook = new Thread(
                () -> {
                    restore.run();
                    Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
                },
                "restream-interrupt");
    }

    static Interrupt on(Runnable restore) {
        Interrupt interrupt = new Interrupt(restore);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** The command has ended by itself. */
    void off() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // a signal came first, and the hook says how this ends
            return;
        }
    }
}
