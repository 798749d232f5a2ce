package org.restream.metrics;

import org.restream.ClientEvent;
import org.restream.FailureKind;
import org.restream.Listener;
import org.restream.ServerEvent;

/** Writes events to the log of the library, on the levels that it uses where there is no listener. */
final class EventLog implements Listener<Object> {
    private static final System.Logger LOG = System.getLogger("org.restream");

    @Override
    public void accept(Object event) {
        if (event instanceof ServerEvent.Failed failed && failed.kind() == FailureKind.HANDLER) {
            LOG.log(System.Logger.Level.ERROR, "a server's handler failed", failed.cause());
        } else if (event instanceof ClientEvent.Aborted aborted && aborted.kind() == FailureKind.HANDLER) {
            LOG.log(System.Logger.Level.ERROR, "a client's handler failed", aborted.cause());
        }
        LOG.log(isNotice(event) ? System.Logger.Level.INFO : System.Logger.Level.DEBUG, () -> printable(event));
    }

    private static boolean isNotice(Object event) {
        return event instanceof ClientEvent.Failed
                || event instanceof ClientEvent.Lost
                || event instanceof ClientEvent.Waiting
                || event instanceof ClientEvent.Away
                || event instanceof ClientEvent.Resumed
                || event instanceof ClientEvent.FellBack
                || event instanceof ClientEvent.GaveUp;
    }

    /** Text of a peer, in an exception's message say, must not look like lines of the log. */
    private static String printable(Object event) {
        StringBuilder text = new StringBuilder();
        String.valueOf(event)
                .chars()
                .forEach(each -> text.append(Character.isISOControl(each) ? '\ufffd' : (char) each));
        return text.toString();
    }
}
