package org.restream.benchmarks.session;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The client process: {@code ClientMain SYSTEM HOST PORT}. It executes the commands on its standard input, one per line, each
 * a word and numbers.
 */
public final class ClientMain {
    private final Systems.Connect connect;
    private final Caller caller;
    private final Many many = new Many();

    private ClientMain(Systems.Connect connect) throws Exception {
        this.connect = connect;
        caller = connect.caller();
    }

    public static void main(String... args) throws Exception {
        ClientMain main = new ClientMain(() -> Systems.caller(args[0], args[1], Integer.parseInt(args[2])));
        System.out.println("READY");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println("DONE " + main.execute(line));
        }
        Runtime.getRuntime().halt(0);
    }

    private String execute(String line) throws Exception {
        String[] words = line.split(" ");
        long count = Long.parseLong(words[1]);
        return switch (words[0]) {
            // load AT_A_TIME MILLIS
            case "load" -> Loop.run(caller, (int) count, Long.parseLong(words[2]));
            case "up" -> LargeBody.up(caller, count);
            case "down", "file" -> LargeBody.down(caller, Request.parse(line));
            // beside BULKS AT_A_TIME MILLIS
            case "beside" -> Beside.run(caller, (int) count, Integer.parseInt(words[2]), Long.parseLong(words[3]));
            // cut MILLIS
            case "cut" -> Cut.run(caller, count);
            // connect COUNT: opens so many more connections, each of which has an exchange and is idle then; 0: ends
            // them
            case "connect" -> many.connect(connect, (int) count);
            // hold COUNT: opens so many exchanges that stay open, on one connection
            case "hold" -> many.hold(caller, (int) count);
            default -> throw new IllegalArgumentException(line);
        };
    }
}
