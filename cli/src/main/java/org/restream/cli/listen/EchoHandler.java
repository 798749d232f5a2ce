package org.restream.cli.listen;

import java.io.IOException;
import org.restream.Header;
import org.restream.Incoming;
import org.restream.Outgoing;
import org.restream.RestreamServer;

/** {@code --echo}: sends header and body back as they arrive. */
final class EchoHandler implements RestreamServer.Handler {
    private final Header reply;
    private final long maxBody;

    EchoHandler(Header reply, long maxBody) {
        this.reply = reply;
        this.maxBody = maxBody;
    }

    @Override
    public void handle(Incoming req, Outgoing res) throws IOException {
        res.header(req.header()).header(reply);
        new RequestBody(req, maxBody).copyTo(res);
    }
}
