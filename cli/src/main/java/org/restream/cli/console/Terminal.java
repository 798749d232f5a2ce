package org.restream.cli.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the standard streams are connected to. The JDK only knows about stdin and stdout, but the bar needs stderr. */
public final class Terminal {
    public static final int STDIN = 0;
    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /** Whether the stream is a terminal. Starts another process only if it may be one. */
    public static boolean is(int stream) {
        String target = target(stream);
        boolean maybe = target.isEmpty() || (target.startsWith("/dev/") && !target.equals("/dev/null"));
        return maybe && !"dumb".equals(System.getenv("TERM")) && ask(stream);
    }

    private static String target(int stream) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static boolean ask(int stream) {
        try {
            Process test = new ProcessBuilder("test", "-t", Integer.toString(stream))
                    .inheritIO()
                    .start();
            return test.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The terminal's width in columns. */
    public static int width() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (stty.waitFor(1, TimeUnit.SECONDS) && said.strip().matches("[0-9]{1,6} [0-9]{1,6}")) {
                int columns = Integer.parseInt(said.strip().substring(said.indexOf(' ') + 1));
                return columns > 0 ? columns : USUAL_WIDTH;
            }
        } catch (IOException e) {
            return USUAL_WIDTH;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return USUAL_WIDTH;
    }
}
