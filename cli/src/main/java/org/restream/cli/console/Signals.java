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
 * Ctrl-C, SIGTERM and SIGHUP, and that the terminal has another size. A shutdown hook hears only of the first, can't tell a signal from an exit, and can't choose how the
 * process ends. {@code sun.misc.Signal} is in every JDK (module jdk.unsupported), but javac warns of it, so it is called by
 * name.
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

    /** Has each signal tell this its name, on a thread of its own. Where it can't, the JVM ends at the first as it always does. */
    public static void each(Consumer<String> action) {
        boolean unused = on(List.of(INTERRUPT, TERMINATE, HANGUP), action);
    }

    /**
     * Has this run, on a thread of its own, each time the terminal's size has changed.
     *
     * @return false where this JVM or this system does not tell of that
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
     * Ends the process by that signal, as if it had never been caught: who waits for it, a shell's loop say, sees that it was
     * ended from outside, and ends too.
     */
    public static void dieBy(String name) {
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            boolean unused = handle(List.of(name), handler.getField("SIG_DFL").get(null));
            sendTo(ProcessHandle.current().pid(), name);
        } catch (ReflectiveOperationException | IOException | InterruptedException e) {
            // the exit status says the same
        }
        Runtime.getRuntime().halt(status(name));
    }

    /** The JDK raises no signal that it does not handle, and sends none to its own process. */
    private static void sendTo(long pid, String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (kill.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            // it was sent, and ends us at any moment; or it was ignored from the start
            Thread.sleep(ARRIVAL_MILLIS);
        }
    }

    /** What a shell says of a process that this signal has ended. */
    static int status(String name) {
        return 128 + NUMBERS.getOrDefault(name, 0);
    }

    private static Object signal(String name) throws ReflectiveOperationException {
        return Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
    }

    /** Whether all of them are handled so from now on. */
    private static boolean handle(List<String> names, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
        boolean all = true;
        for (String name : names) {
            try {
                handle.invoke(null, signal(name), handler);
            } catch (InvocationTargetException e) {
                // this system has no such signal, or the JVM was told to leave signals alone (-Xrs)
                all = false;
            }
        }
        return all;
    }
}
