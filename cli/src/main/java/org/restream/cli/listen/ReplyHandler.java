package org.restream.cli.listen;

import java.io.IOException;
import java.io.OutputStream;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;

/** {@code --reply}: answers with a text when the request has ended. */
final class ReplyHandler implements RestreamServer.Handler {
    private final String text;
    private final Header reply;
    private final long maxBody;

    ReplyHandler(String text, Header reply, long maxBody) {
        this.text = text;
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException {
        new RequestBody(req, maxBody).copyTo(OutputStream.nullOutputStream());
        res.header(reply).end(text);
    }
}
