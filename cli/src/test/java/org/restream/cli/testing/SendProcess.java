package org.restream.cli.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.restream.cli.Main;

/** {@code restream send} in a process of its own, as a shell would start it. */
public final class SendProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final BlockingQueue<String> err = new LinkedBlockingQueue<>();
    private final List<String> allErr = new ArrayList<>();
    private final CompletableFuture<byte[]> out;
    private final CompletableFuture<Void> errEnd;

    private SendProcess(Process process) {
        this.process = process;
        out = CompletableFuture.supplyAsync(this::readOut, SendProcess::inThread);
        errEnd = CompletableFuture.runAsync(this::readErr, SendProcess::inThread);
    }

    public static SendProcess start(String... args) throws IOException {
        return start(builder -> {}, args);
    }

    public static SendProcess start(Consumer<ProcessBuilder> setUp, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine(args));
        setUp.accept(builder);
        return new SendProcess(builder.start());
    }

    /** With stdin from a file. */
    public static SendProcess startReading(Path stdin, String... args) throws IOException {
        return start(builder -> builder.redirectInput(Redirect.from(stdin.toFile())), args);
    }

    public static List<String> commandLine(String... args) {
        List<String> command = new ArrayList<>(FreshSignals.prefix());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx48m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "send"));
        command.addAll(List.of(args));
        return command;
    }

    private byte[] readOut() {
        try {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            process.getInputStream().transferTo(all);
            return all.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readErr() {
        process.errorReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            synchronized (allErr) {
                allErr.add(line);
            }
            err.add(line);
        });
    }

    private static void inThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    public OutputStream stdin() {
        return process.getOutputStream();
    }

    public void type(String text) throws IOException {
        stdin().write(text.getBytes(StandardCharsets.UTF_8));
        stdin().flush();
    }

    /** The process's stdout, which is closed with it. Use it only if nothing reads it yet, see {@link #closeOut}. */
    InputStream stdout() {
        return process.getInputStream();
    }

    /** Closes stdout, as {@code | head} does. */
    public void closeOut() throws IOException {
        process.getInputStream().close();
    }

    /** Waits for a line on stderr that contains the text. */
    public String awaitErr(String text) throws InterruptedException {
        for (String line = nextErr(); line != null; line = nextErr()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("nothing on stderr said '" + text + "', but: " + err());
    }

    private String nextErr() throws InterruptedException {
        return err.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public int exit() throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it still runs; it said: " + err());
        }
        errEnd.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return process.exitValue();
    }

    public byte[] out() throws Exception {
        return out.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public String outText() throws Exception {
        return new String(out(), StandardCharsets.UTF_8);
    }

    public List<String> err() {
        synchronized (allErr) {
            return List.copyOf(allErr);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends a signal, such as {@code INT}. */
    public void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
