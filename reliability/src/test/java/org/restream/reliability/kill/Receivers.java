package org.restream.reliability.kill;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kinds of receivers. */
final class Receivers {
    private Receivers() {}

    static List<Receiver> java(@Nullable TlsFiles tls) throws Exception {
        return tls == null
                ? List.of(new SocketReceiver(), new RestreamReceiver(null))
                : List.of(new RestreamReceiver(TlsFiles.context(tls.store())));
    }

    /**
     * A receiver for each available Node, up to a maximum: the one on the PATH, and a newer one that
     * ./reliability/measure installs.
     */
    static List<NodeReceiver> node(@Nullable TlsFiles tls, int most) throws Exception {
        List<NodeReceiver> receivers = new ArrayList<>();
        List<Path> folders = new ArrayList<>(Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("node")))
                .limit(1)
                .toList());
        folders.add(Path.of(System.getProperty("basedir", "."), "target", "node", "node_modules", ".bin"));
        for (Path folder : folders) {
            if (receivers.size() < most && Files.isExecutable(folder.resolve("node"))) {
                receivers.add(new NodeReceiver(folder.resolve("node"), tls == null ? Map.of() : tls.environment()));
            }
        }
        return receivers;
    }
}
