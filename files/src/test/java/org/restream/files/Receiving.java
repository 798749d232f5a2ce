package org.restream.files;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.restream.ClientOptions;
import org.restream.Restream;
import org.restream.RestreamServer;
import org.restream.ServerOptions;

/** A server that receives uploads into a folder. */
final class Receiving implements AutoCloseable {
    private final Path folder;
    private final FolderStore store;
    private final UploadReceiver receiver;
    private final RestreamServer server;

    private Receiving(Path folder, FolderStore store, ServerOptions options, int port) throws IOException {
        this.folder = folder;
        this.store = store;
        receiver = new UploadReceiver(store);
        server = Restream.createServer(options, receiver).listen(port);
    }

    /** Into the folder {@code in} of the one that is given. */
    static Receiving start(Path temp) throws IOException {
        return start(temp, store -> store);
    }

    static Receiving start(Path temp, UnaryOperator<FolderStoreBuilder> store) throws IOException {
        return start(temp, store, ServerOptions.defaults(), 0);
    }

    static Receiving start(Path temp, UnaryOperator<FolderStoreBuilder> store, ServerOptions options, int port)
            throws IOException {
        Path folder = Files.createDirectories(temp.resolve("in"));
        return new Receiving(folder, store.apply(FolderStore.at(folder)).open(), options, port);
    }

    Path folder() {
        return folder;
    }

    FolderStore store() {
        return store;
    }

    InetSocketAddress address() {
        return server.address();
    }

    String server() {
        return "127.0.0.1:" + address().getPort();
    }

    /** One that keeps its state in the folder {@code state}. */
    FileSender sender(Path temp) {
        return sender(temp, server());
    }

    static FileSender sender(Path temp, String... servers) {
        return FileSender.to(options(servers)).stateFolder(temp.resolve("state"));
    }

    static ClientOptions options(String... servers) {
        return ClientOptions.defaults().servers(servers).retryDelay(Duration.ofMillis(20));
    }

    /** The files of uploads that are not whole. */
    List<Path> parts() throws IOException {
        return parts(folder);
    }

    static List<Path> parts(Path folder) throws IOException {
        Path uploads = folder.resolve(".restream").resolve("uploads");
        if (!Files.isDirectory(uploads)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(uploads)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    /** The names of files that have arrived. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.close(Duration.ZERO);
        receiver.close();
        store.close();
    }
}
