package org.restream.cli.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a scraper reads: the values of all series. */
public record Scrape(String text, Map<String, Double> values) {
    private static final Pattern AT = Pattern.compile("http://([^/:]+|\\[[^]]+]):([0-9]+)/metrics");
    private static final int MILLIS = 30_000;

    /** What an HTTP server answers. */
    public record Answer(
            int status, @Nullable String type, @Nullable String allow, long length, String body) {}

    /** Where the metrics of a command are, from the line that says so. */
    public static InetSocketAddress address(ListenProcess command) throws InterruptedException {
        Matcher at = AT.matcher(command.line("metrics at"));
        assertThat(at.find()).isTrue();
        return new InetSocketAddress(at.group(1), Integer.parseInt(at.group(2)));
    }

    public static Scrape of(InetSocketAddress address) throws IOException {
        Answer page = get(address, "/metrics");
        assertThat(page.status()).isEqualTo(200);
        return parse(page.body());
    }

    public static Answer get(InetSocketAddress address, String path) throws IOException {
        return send(address, "GET", path);
    }

    public static Answer send(InetSocketAddress address, String method, String path) throws IOException {
        URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(MILLIS);
        connection.setReadTimeout(MILLIS);
        connection.setRequestMethod(method);
        int status = connection.getResponseCode();
        try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(
                    status,
                    connection.getHeaderField("Content-Type"),
                    connection.getHeaderField("Allow"),
                    connection.getContentLengthLong(),
                    body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public static Scrape parse(String text) {
        Map<String, Double> values = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()).forEach(line -> {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return new Scrape(text, values);
    }

    /** The names of all series, without their labels. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        values.keySet().forEach(series -> names.add(series.replaceFirst("\\{.*", "")));
        return names;
    }

    /** The value of a series; all values of a name are added up. */
    public double value(String series) {
        return values.entrySet().stream()
                .filter(each -> each.getKey().equals(series) || each.getKey().startsWith(series + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
