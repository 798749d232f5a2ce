package org.restream.reliability.blackbox;

import java.util.concurrent.CompletableFuture;

/** What a plan does to one of the processes at some moment: a signal, and then its continuation or restart. */
final class Blow {
    private final Plan plan;
    private final Part part;
    private final String who;
    private final String signal;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean begun;
    private boolean over;

    private Blow(Plan plan, Part part) {
        this.plan = plan;
        this.part = part;
        String[] blow = plan.text("blow").split(":");
        who = blow[0];
        signal = blow[blow.length - 1];
    }

    static Blow plan(Plan plan, Part part, Counter fed, Way way, Sending sending, Listener receiver) {
        Blow blow = new Blow(plan, part);
        if (!blow.who.equals("none")) {
            Later.whenDone(blow.moment(fed, way), e -> blow.fall(way, sending, receiver));
        }
        return blow;
    }

    private CompletableFuture<Void> moment(Counter fed, Way way) {
        String[] when = plan.text("when").split(":");
        long number = Long.parseLong(when[1]);
        return switch (when[0]) {
            case "ms" -> Later.after(number, () -> {});
            case "fed" -> fed.reached(number);
            case "up" -> way.up().reached(number);
            case "down" -> way.down().reached(number);
            default -> throw new IllegalArgumentException(plan.text("when"));
        };
    }

    private synchronized void fall(Way way, Sending sending, Listener receiver) {
        if (over) {
            return;
        }
        begun = true;
        // the byte counter goes on meanwhile
        CompletableFuture<Void> all = Later.after(0, () -> strike(way, sending, receiver))
                .thenCompose(struck -> Later.after(plan.number("then"), () -> restore(way, sending, receiver)));
        Later.whenDone(all, e -> {
            if (e == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(e);
            }
        });
    }

    /** Waits until it is done, if it has begun; otherwise prevents it. */
    void end() throws Exception {
        synchronized (this) {
            over = true;
            if (!begun) {
                return;
            }
        }
        if (!Later.isDone(done, 60_000)) {
            throw new IllegalStateException("what was struck is not there again: " + plan);
        }
    }

    private void strike(Way way, Sending sending, Listener receiver) throws Exception {
        switch (who) {
            case "sender" -> Programs.signal(signal, sending.sender().toHandle());
            case "receiver" -> receiver.signal(signal);
            case "file" -> Names.parse(Change.class, signal).make(part.file());
            default -> way.kill();
        }
    }

    private void restore(Way way, Sending sending, Listener receiver) throws Exception {
        if (who.equals("relay")) {
            way.restart();
        } else if (who.equals("file") || signal.equals("QUIT")) {
            // it continues by itself
        } else if (who.equals("receiver") && !signal.equals("STOP")) {
            receiver.start();
        } else if (signal.equals("STOP") && who.equals("receiver")) {
            receiver.signal("CONT");
        } else if (signal.equals("STOP")) {
            Programs.signal("CONT", sending.sender().toHandle());
        }
    }
}
