package org.restream.internal.event;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Supplier;

/** Records the logged errors, and the levels of the events. */
final class RecordingLogger implements System.Logger {
    final List<String> details = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<Throwable> thrown = new ArrayList<>();

    final List<Level> levels = new ArrayList<>();

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level == Level.ERROR;
    }

    @Override
    public void log(Level level, Supplier<String> message) {
        levels.add(level);
        details.add(message.get());
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable cause) {
        if (isLoggable(level)) {
            lines.add(message);
            thrown.add(cause);
        }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
        if (isLoggable(level)) {
            throw new AssertionError("an error without its exception: " + format);
        }
    }
}
