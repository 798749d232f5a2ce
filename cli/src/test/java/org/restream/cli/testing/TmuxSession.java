package org.restream.cli.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A terminal with a shell, whose screen a test can read. It has a tmux server of its own, so that test runs are
 * independent.
 */
public final class TmuxSession implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;

    private TmuxSession(Path folder) {
        this.folder = folder;
    }

    public static boolean isAvailable() {
        try {
            return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static TmuxSession start(Path folder, int width, int height) throws Exception {
        TmuxSession session = new TmuxSession(folder);
        session.tmux(
                "-f",
                "/dev/null",
                "new-session",
                "-d",
                "-x",
                Integer.toString(width),
                "-y",
                Integer.toString(height),
                "-c",
                folder.toString(),
                "env",
                "PS1=$ ",
                "sh");
        session.await(screen -> screen.contains("$"));
        return session;
    }

    /** Types a line and the return key. */
    public void type(String line) throws Exception {
        tmux("send-keys", "-l", line);
        press("Enter");
    }

    public void press(String key) throws Exception {
        tmux("send-keys", key);
    }

    public void resize(int width) throws Exception {
        tmux("resize-window", "-x", Integer.toString(width));
    }

    public String screen() throws Exception {
        return tmux("capture-pane", "-p");
    }

    /** The screen with its colours. */
    public String screenWithColors() throws Exception {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Waits until the screen meets the condition, and returns it. */
    public String await(Predicate<String> condition) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::screen, condition);
    }

    private String tmux(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("tmux", "-L", "restream"));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("TMUX");
        builder.environment().put("TMUX_TMPDIR", folder.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + said);
        }
        return said;
    }

    @Override
    public void close() throws Exception {
        tmux("kill-server");
    }
}
