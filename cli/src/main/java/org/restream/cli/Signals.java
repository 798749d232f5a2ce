package org.restream.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Ctrl-C, SIGTERM and SIGHUP. A shutdown hook hears only of the first, can't tell a signal from an exit, and can't choose the
 * exit status. {@code sun.misc.Signal} is in every JDK (module jdk.unsupported), but javac warns of it, so it is called by
 * name.
 */
final class Signals {
    private Signals() {}

    /** Has each signal run this, on a thread of its own. Where it can't, the JVM ends at the first as it always does. */
    static void each(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object runsAction =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        if (method.getDeclaringClass() == Object.class) {
                            return method.invoke(action, args);
                        }
                        action.run();
                        return null;
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : List.of("INT", "TERM", "HUP")) {
                on(name, signal, handle, runsAction);
            }
        } catch (ReflectiveOperationException e) {
            // no such module in this JVM
        }
    }

    private static void on(String name, Class<?> signal, Method handle, Object action)
            throws ReflectiveOperationException {
        try {
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), action);
        } catch (InvocationTargetException e) {
            // this system has no such signal, or the JVM was told to leave signals alone (-Xrs)
        }
    }
}
