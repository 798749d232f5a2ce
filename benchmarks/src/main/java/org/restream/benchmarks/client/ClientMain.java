package org.restream.benchmarks.client;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * Executes the commands on its standard input, one per line: {@code load PORT AT_A_TIME MILLIS}, or {@code return PORT
 * COUNT WAIT_MILLIS}, which ends when all have been served.
 */
public final class ClientMain {
    private final Client client;

    private ClientMain(Client client) {
        this.client = client;
    }

    public static void main(String... args) throws Exception {
        ClientMain main = new ClientMain(client(args[0]));
        System.out.println("READY");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            int port = Integer.parseInt(words[1]);
            int count = Integer.parseInt(words[2]);
            int millis = Integer.parseInt(words[3]);
            System.out.println("DONE "
                    + (words[0].equals("load") ? main.load(port, count, millis) : main.comeBack(port, count, millis)));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Client client(String name) {
        return switch (name) {
            case "restream" -> new RestreamClients();
            case "blocking" -> new BlockingClient();
            case "http" -> new HttpRequests();
            case "epoll" -> new NettyClient();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private String load(int port, int atATime, int millis) throws InterruptedException {
        LongAdder exchanges = new LongAdder();
        CountDownLatch over = new CountDownLatch(atATime);
        long start = System.nanoTime();
        for (int i = 0; i < atATime; i++) {
            client.loop(
                    port, () -> System.nanoTime() - start < millis * 1_000_000L, exchanges::increment, over::countDown);
        }
        over.await();
        return "exchanges=" + exchanges.sum() + " seconds=" + (System.nanoTime() - start) / 1e9;
    }

    private String comeBack(int port, int count, int waitMillis) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            client.start(port, waitMillis, over::countDown);
        }
        over.await();
        return "exchanges=" + count;
    }
}
