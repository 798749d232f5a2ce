package org.restream.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Draws the progress on the terminal, ten times a second, until it is closed. */
final class ProgressDisplay implements AutoCloseable {
    private static final long TICK_MILLIS = 100;
    /** What is done before that needs no bar. */
    private static final int FIRST_TICK = 3;
    /** How many ticks lie between two looks at the terminal's width, which a user may change. */
    private static final int WIDTH_TICKS = 50;

    private final Progress progress;
    private final StatusLine screen;
    private final ProgressLine line;
    private final Rate rate = new Rate();
    private final CountDownLatch closed = new CountDownLatch(1);
    private int ticks;
    private int width;

    ProgressDisplay(Progress progress, StatusLine screen, ProgressLine line) {
        this.progress = progress;
        this.screen = screen;
        this.line = line;
        progress.visibleWhile(this::isOpen);
    }

    void start() {
        Thread thread = new Thread(this::run, "restream-progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (++ticks >= FIRST_TICK) {
                    draw();
                }
            }
        } catch (Throwable e) {
            // interrupted, a bug, or no memory: what it would have shown is told in lines from now on
            close();
        }
    }

    private void draw() {
        if (ticks % WIDTH_TICKS == FIRST_TICK) {
            width = Terminal.width();
        }
        long now = System.nanoTime();
        Progress.Look look = progress.look();
        if (look.next() != null) {
            rate.forget();
        }
        screen.show(line.text(look, now, look.next() == null ? rate.at(now, look.sent()) : -1, width));
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    /** Takes the line away, for good. */
    @Override
    public void close() {
        closed.countDown();
        screen.close();
    }
}
