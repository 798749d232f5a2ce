package org.restream.cli.listen.store;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cache of the files in the folder of {@code --output}: for each recently used name, the row of its files {@code a},
 * {@code a-2}, {@code a-3}… So a request costs about the same whether its name exists once or a thousand times. Not
 * thread-safe.
 */
final class SeenFiles {
    private static final float USUAL_LOAD = 0.75f;

    private final Path folder;
    private final int most;
    private final Map<String, Row> rows = new LinkedHashMap<>(16, USUAL_LOAD, true);
    private int files;

    /**
     * @param most about how many files and names it remembers; the least recently used names are forgotten first
     */
    SeenFiles(Path folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /** The files of a name, brought up to date. */
    Row row(String name) {
        Row row = rows.computeIfAbsent(name, Row::new);
        files -= row.members.size();
        row.look();
        files += row.members.size();
        forgetEldest();
        return row;
    }

    private void forgetEldest() {
        Iterator<Row> eldest = rows.values().iterator();
        while (files + rows.size() > most && rows.size() > 1) {
            files -= eldest.next().members.size();
            eldest.remove();
        }
    }

    /** The files with this name and its numbers, up to the first free number. */
    final class Row {
        private final String name;
        private final List<SeenFile> members = new ArrayList<>();

        private Row(String name) {
            this.name = name;
        }

        List<SeenFile> members() {
            return members;
        }

        /** The first free number. */
        int free() {
            return members.size() + 1;
        }

        Path file(int n) {
            return folder.resolve(FileName.numbered(name, n));
        }

        Path beside(int n) {
            return folder.resolve(FileName.numbered(name, n) + ".json");
        }

        /** Records a body that was stored under the first free number. */
        void add(SeenFile stored) {
            members.add(stored);
            files++;
        }

        /** Replaces the entry of a file that has changed. */
        SeenFile lookAgain(int index) {
            SeenFile old = members.get(index);
            SeenFile now = SeenFile.at(old.file, old.beside);
            members.set(index, now);
            return now;
        }

        /**
         * Checks the first and the last file. If one has been removed, checks all of them again, but reads none twice.
         */
        private void look() {
            List<SeenFile> before = List.of();
            if (!members.isEmpty() && !(isTaken(1) && isTaken(members.size()))) {
                before = List.copyOf(members);
                members.clear();
            }
            while (isTaken(free())) {
                SeenFile now = SeenFile.at(file(free()), beside(free()));
                SeenFile old = members.size() < before.size() ? before.get(members.size()) : now;
                members.add(now.isSameAs(old) ? old : now);
            }
        }

        private boolean isTaken(int n) {
            return exists(file(n)) || exists(beside(n));
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
