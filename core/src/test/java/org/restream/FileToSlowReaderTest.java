package org.restream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kernel copies a file to a peer that reads small pieces, so that the send buffer is full most of the time. */
class FileToSlowReaderTest {
    private static final int SIZE = 30_000_000;
    private static final int BITE = 1_000;
    private static final String HEADER = "{}\n\n";

    @Test
    void it_arrives_whole(@TempDir Path folder) throws Exception {
        byte[] content = new byte[SIZE];
        new java.util.SplittableRandom(1).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        CRC32C expected = new CRC32C();
        expected.update(HEADER.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        expected.update(content);

        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RestreamClient client = Restream.createClient(
                        ClientOptions.defaults()
                                .servers("127.0.0.1:" + server.getLocalPort())
                                .allowEmptyAnswer(true)
                                .reconnect(Reconnect.UNTIL_CONNECTED),
                        (req, res) -> assertThat(req.transferFrom(file)).isEqualTo(SIZE))) {
            try (Socket socket = server.accept()) {
                assertThat(crcOf(socket.getInputStream())).isEqualTo(expected.getValue());
            }
            client.completion().get(30, TimeUnit.SECONDS);
        }
    }

    private static long crcOf(InputStream in) throws Exception {
        CRC32C crc = new CRC32C();
        byte[] bite = new byte[BITE];
        for (int count = in.read(bite); count >= 0; count = in.read(bite)) {
            crc.update(bite, 0, count);
        }
        return crc.getValue();
    }
}
