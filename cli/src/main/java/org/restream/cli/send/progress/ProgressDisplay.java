package org.restream.cli.send.progress;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.restream.cli.console.Signals;
import org.restream.cli.console.StatusLine;

/** Draws the progress on the terminal, ten times a second, until it is closed. */
public final class ProgressDisplay implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    /** A command that ends before this tick shows no bar. */
    private static final int FIRST_TICK = 3;
    /** How many ticks pass between two checks of the terminal's width, if no signal reports its changes. */
    private static final int WIDTH_TICKS = 50;

    private final Progress progress;
    private final StatusLine screen;
    private final ProgressLine line;
    private final IntSupplier terminalWidth;
    private final Rate rate = new Rate();
    private final Semaphore wakes = new Semaphore(0);
    private volatile boolean closed;
    private volatile boolean resized;
    private boolean hearsOfResizes;
    private int ticks;
    private int width;

    /**
     * @param terminalWidth returns the terminal's current width
     */
    public ProgressDisplay(Progress progress, StatusLine screen, ProgressLine line, IntSupplier terminalWidth) {
        this.progress = progress;
        this.screen = screen;
        this.line = line;
        this.terminalWidth = terminalWidth;
        progress.visibleWhile(this::isOpen);
    }

    public void start() {
        hearsOfResizes = Signals.onResize(this::resized);
        Thread thread = new Thread(this::run, "restream-progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (isOpen()) {
                if (!wakes.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                    ticks++;
                }
                wakes.drainPermits();
                if (isOpen() && ticks >= FIRST_TICK) {
                    draw();
                }
            }
        } catch (Throwable e) {
            // interrupted, a bug, or no memory: from now on lines report what the bar would have shown
            close();
        }
    }

    private void draw() {
        if (width == 0 || resized || (!hearsOfResizes && ticks % WIDTH_TICKS == 0)) {
            resized = false;
            width = terminalWidth.getAsInt();
        }
        long now = System.nanoTime();
        Progress.Look look = progress.look();
        boolean resumed = progress.takeResumed();
        if (resumed || look.next() != null) {
            rate.forget();
        }
        screen.show(line.text(look, now, look.next() == null ? rate.at(now, look.sent()) : -1, width));
    }

    /** The terminal's width has changed: draws the line again at once. */
    void resized() {
        resized = true;
        wakes.release();
    }

    private boolean isOpen() {
        return !closed;
    }

    /** Removes the line, for good. */
    @Override
    public void close() {
        closed = true;
        wakes.release();
        screen.close();
    }
}
