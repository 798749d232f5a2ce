package org.restream.reliability.blackbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the bodies that a plan sends. */
final class Parts {
    private Parts() {}

    static List<Part> make(Plan plan, Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        int count = plan.source() == Source.FILES ? plan.count("files") : 1;
        for (int i = 0; i < count; i++) {
            // the first file has the plan's size, the others are not larger
            SplittableRandom random = new SplittableRandom(plan.seed() * 31 + i);
            long size = i == 0 ? plan.number("size") : random.nextLong(plan.number("size") + 1);
            String name = "t" + plan.seed() + "-" + i + ".bin";
            Path file = folder.resolve(name);
            boolean named = plan.source().hasName() || plan.is("named");
            parts.add(Part.of(named ? name : "", file, reading(plan, file, size, random)));
        }
        return parts;
    }

    private static String reading(Plan plan, Path file, long size, SplittableRandom random) throws IOException {
        Source source = plan.source();
        boolean changes = plan.text("blow").startsWith("file:");
        if (source == Source.ZERO) {
            return "head -c " + size + " /dev/zero";
        }
        if (source == Source.CLOSED) {
            return "true";
        }
        fill(file, size, random);
        if (changes) {
            Path before = Files.copy(file, file.resolveSibling("before"));
            return "cat " + Programs.quoted(before);
        }
        return (source == Source.GZIP ? "gzip -nc " : "cat ") + Programs.quoted(file);
    }

    private static void fill(Path file, long size, SplittableRandom random) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= 65_536) {
                byte[] piece = new byte[(int) Math.min(65_536, left)];
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }
}
