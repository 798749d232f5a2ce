package org.restream.cli.console;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Handles Ctrl-C, SIGTERM, SIGHUP and SIGWINCH (the terminal has another size). A shutdown hook would not do: it learns
 * of the first signal only, can't distinguish a signal from an exit, and can't choose how the process ends. {@code
 * sun.misc.Signal} is in every JDK (module jdk.unsupported), but javac warns about it, so it is called by reflection.
 */
public final class Signals {
    static final String HANGUP = "HUP";
    static final String INTERRUPT = "INT";
    public static final String TERMINATE = "TERM";

    private static final String RESIZE = "WINCH";

    private static final long MOST_SECONDS = 5;
    private static final long ARRIVAL_MILLIS = 1_000;
    private static final Map<String, Integer> NUMBERS = Map.of(HANGUP, 1, INTERRUPT, 2, TERMINATE, 15);

    private Signals() {}

    /**
     * Runs the action with each signal's name, on a thread of its own. If that is impossible, the JVM ends at the first
     * signal.
     */
    public static void each(Consumer<String> action) {
        boolean unused = on(List.of(INTERRUPT, TERMINATE, HANGUP), action);
    }

    /**
     * Runs the action, on a thread of its own, each time the terminal's size has changed.
     *
     * @return false if this JVM or this system does not report that
     */
    public static boolean onResize(Runnable action) {
        return on(List.of(RESIZE), signal -> action.run());
    }

    private static boolean on(List<String> signals, Consumer<String> action) {
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object tells =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.invoke(action, args);
                        }
                        action.accept(
                                (String) args[0].getClass().getMethod("getName").invoke(args[0]));
                        return null;
                    });
            return handle(signals, tells);
        } catch (ReflectiveOperationException e) {
            // no such module in this JVM
            return false;
        }
    }

    /**
     * Ends the process by that signal, as if it had never been caught. So a shell that waits for the process sees that
     * a signal has ended it, and ends its loop too.
     */
    public static void dieBy(String name) {
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            boolean unused = handle(List.of(name), handler.getField("SIG_DFL").get(null));
            sendTo(ProcessHandle.current().pid(), name);
        } catch (ReflectiveOperationException | IOException | InterruptedException e) {
            // the exit status below means the same
        }
        Runtime.getRuntime().halt(status(name));
    }

    /** Uses kill(1), because the JDK raises no signal that it does not handle, and sends none to its own process. */
    private static void sendTo(long pid, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (kill.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            // the signal ends us at any moment, unless it has been ignored from the start
            Thread.sleep(ARRIVAL_MILLIS);
        }
    }

    /** The status that a shell reports for a process that this signal has ended. */
    static int status(String name) {
        return 128 + NUMBERS.getOrDefault(name, 0);
    }

    private static Object signal(String name) throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
    }

    /** Installs the handler; false if that failed for one of the signals. */
    private static boolean handle(List<String> names, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        boolean all = true;
        for (String name : names) {
            try {
                handle.invoke(null, signal(name), handler);
            } catch (InvocationTargetException e) {
                // this system has no such signal, or the JVM runs with -Xrs
                all = false;
            }
        }
        return all;
    }
}
