package org.restream.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.restream.files.CuttingRelay.Cut;
import org.restream.files.CuttingRelay.Plan;

/** Connections that are cut, by each way a network has. */
class CutsTest {
    private static final int SIZE = 12_000_000;
    private static final int CUTS = 6;
    /** More than a request's header has. */
    private static final long HEADER = 300;

    @TempDir
    Path temp;

    @Test
    void a_file_arrives_once_however_often_the_connection_is_cut() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < CUTS; i++) {
            plans.add(new Plan(Cut.values()[i % 3], HEADER + random.nextInt(SIZE / CUTS)));
        }
        List<Long> haves = new CopyOnWriteArrayList<>();
        Path file = RandomFile.of(temp.resolve("x.bin"), SIZE, seed);
        try (Receiving server = Receiving.start(temp);
                CuttingRelay relay = new CuttingRelay(server.address(), plans)) {
            FileSender sender = FileSender.to(Receiving.options(relay.address())
                            .retryDelay(Duration.ofMillis(5))
                            .idleTimeout(Duration.ofMillis(300)))
                    .stateFolder(temp.resolve("state"))
                    .listener(event -> {
                        if (event instanceof UploadEvent.Accepted accepted) {
                            haves.add(accepted.have());
                        }
                    });
            UploadResult result = sender.send(file);
            assertThat(result).as("seed %s", seed).isEqualTo(new UploadResult("x.bin", SIZE, RandomFile.sha256(file)));
            assertThat(relay.isThrough()).isTrue();
            assertThat(Receiving.names(server.folder())).containsExactly("x.bin");
            assertThat(server.folder().resolve("x.bin")).hasSameBinaryContentAs(file);
            // an end loses nothing that has passed; a reset and a silence may lose what was not read yet
            long arrived = plans.stream()
                    .filter(plan -> plan.cut() == Cut.FIN)
                    .mapToLong(plan -> plan.bytes() - HEADER)
                    .sum();
            assertThat(haves).as("seed %s", seed).isSorted();
            assertThat(haves.get(haves.size() - 1)).as("seed %s", seed).isGreaterThanOrEqualTo(arrived);
        }
    }

    @Test
    void a_lost_answer_costs_no_second_file_and_no_second_upload() throws Exception {
        Path file = RandomFile.of(temp.resolve("x.bin"), 1_000_000, 3);
        try (Receiving server = Receiving.start(temp);
                AnswerEater eater = new AnswerEater(server.address())) {
            UploadResult result = Receiving.sender(temp, eater.address()).send(file);
            assertThat(result.name()).isEqualTo("x.bin");
            assertThat(eater.eaten()).contains("\"sha256\"");
            assertThat(eater.connections()).isEqualTo(2);
            assertThat(Receiving.names(server.folder())).containsExactly("x.bin");
        }
    }
}
