package org.restream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Charts in one SVG file, two in a row. */
public final class Picture {
    private Picture() {}

    public static void write(Path file, List<String> charts) throws IOException {
        int width = 2 * Chart.WIDTH;
        int height = (charts.size() + 1) / 2 * Chart.HEIGHT;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='11'>%n"
                        + "<rect width='100%%' height='100%%' fill='white'/>%n",
                width,
                height));
        for (int i = 0; i < charts.size(); i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<g transform='translate(%d %d)'>%n%s</g>%n",
                    i % 2 * Chart.WIDTH,
                    i / 2 * Chart.HEIGHT,
                    charts.get(i)));
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }
}
