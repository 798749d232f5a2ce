package org.restream.cli.send.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.restream.cli.command.CommandException;
import org.restream.cli.command.Digest;
import org.restream.cli.command.ExitStatus;
import org.restream.cli.send.FakeOutgoing;
import org.restream.cli.send.Upload;

/** A file that others change while it is sent: it arrives unchanged, or the peer sees that it does not. */
class FileBodyTest {
    private static final int SIZE = 1_000_000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir
    private Path folder;

    private Path file;
    private Digest original;

    @BeforeEach
    void aFile() throws Exception {
        byte[] bytes = new byte[SIZE];
        new SplittableRandom(1).nextBytes(bytes);
        file = Files.write(folder.resolve("file"), bytes);
        original = digest(bytes);
        age(file);
    }

    private static Digest digest(byte[] bytes) {
        Digest.Builder digest = new Digest.Builder();
        digest.add(bytes, bytes.length);
        return digest.build();
    }

    /** Sets an old modification time, so that a change gives a new one. */
    private static void age(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
    }

    /** How the file is changed. */
    private enum Change {
        NONE(null) {
            @Override
            void make(Path file) {}
        },
        CUT("changed while it was sent: it had 1000000 bytes, and has 5") {
            @Override
            void make(Path file) throws IOException {
                open(file).truncate(5).close();
            }
        },
        EMPTIED("changed while it was sent: it had 1000000 bytes, and has 0") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        GROWN("changed while it was sent: it had 1000000 bytes, and has 1000001") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, new byte[1], StandardOpenOption.APPEND);
            }
        },
        WRITTEN_OVER("changed while it was sent: it was written to at ") {
            @Override
            void make(Path file) throws IOException {
                FileChannel channel = open(file);
                channel.write(ByteBuffer.allocate(10), SIZE / 2);
                channel.close();
            }
        },
        CUT_AND_GROWN("changed while it was sent: it was written to at ") {
            @Override
            void make(Path file) throws IOException {
                Files.write(file, new byte[SIZE]);
            }
        },
        REPLACED(null) {
            @Override
            void make(Path file) throws IOException {
                Path other = Files.write(file.resolveSibling("other"), new byte[3]);
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        REMOVED(null) {
            @Override
            void make(Path file) throws IOException {
                Files.delete(file);
            }
        },
        MOVED_AND_CUT("changed while it was sent: it had 1000000 bytes, and has 5") {
            @Override
            void make(Path file) throws IOException {
                open(Files.move(file, file.resolveSibling("moved"))).truncate(5).close();
            }
        };

        /** How the error describes it; null if the open file is not affected. */
        private final @Nullable String told;

        Change(@Nullable String told) {
            this.told = told;
        }

        abstract void make(Path file) throws IOException;

        private static FileChannel open(Path file) throws IOException {
            return FileChannel.open(file, StandardOpenOption.WRITE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_change_while_it_is_sent_is_no_clean_end(Change change) throws Exception {
        assertSent(SIZE, change, change.told);
    }

    @ParameterizedTest
    @EnumSource
    void a_change_of_one_that_is_read_in_one_piece_neither(Change change) throws Exception {
        byte[] few = Arrays.copyOf(Files.readAllBytes(file), 1_000);
        file = Files.write(folder.resolve("few"), few);
        original = digest(few);
        age(file);

        assertSent(1_000, change, change.told == null ? null : "it changed while it was sent: ");
    }

    private void assertSent(long size, Change change, @Nullable String told) throws Exception {
        FakeOutgoing req = new FakeOutgoing() {
            private boolean begun;

            @Override
            public void write(ByteBuffer bytes) throws IOException {
                super.write(bytes);
                if (!begun) {
                    change.make(file);
                }
                begun = true;
            }
        };
        BodyReader reader = FileBody.of(file).reader();
        assertThat(reader.size()).isEqualTo(size);
        CommandException failure = upload(reader, req);

        assertThat(req.aborted()).isEqualTo(told != null);
        assertThat(req.ended()).isEqualTo(told == null);
        if (told == null) {
            assertThat(failure).isNull();
            assertThat(req.written()).isEqualTo(original);
        } else {
            assertThat(failure).hasMessageContaining(told);
            assertThat(failure.status()).isEqualTo(ExitStatus.LOCAL);
        }
    }

    private static @Nullable CommandException upload(BodyReader reader, FakeOutgoing req) throws Exception {
        CompletableFuture<@Nullable CommandException> failed = new CompletableFuture<>();
        Upload upload = new Upload(reader, req, failed::complete);
        upload.start();
        assertThat(upload.endsWithin(Duration.ofSeconds(30))).isTrue();
        return failed.getNow(null);
    }

    @Test
    void each_attempt_has_the_size_that_it_then_has() throws Exception {
        FileBody body = FileBody.of(file);
        assertThat(body.size()).isEqualTo(SIZE);
        try (BodyReader first = body.reader()) {
            assertThat(first.size()).isEqualTo(SIZE);
        }
        Files.write(file, new byte[7]);
        try (BodyReader second = body.reader()) {
            assertThat(second.size()).isEqualTo(7);
            assertThat(body.size()).isEqualTo(7);
        }
    }

    /** The system generates their content while they are read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/filesystems",
                "/proc/self/cmdline",
                "/proc/kallsyms",
                "/sys/kernel/mm/transparent_hugepage/enabled",
                "/sys/devices/system/cpu/online",
            })
    void one_whose_size_is_not_true_is_read_to_its_end(String name) throws Exception {
        Path made = Path.of(name);
        assumeTrue(Files.isReadable(made), "there is such a file");
        FakeOutgoing req = new FakeOutgoing();
        BodyReader reader = FileBody.of(made).reader();
        assertThat(reader.size()).isEqualTo(-1);

        assertThat(upload(reader, req)).isNull();

        assertThat(req.ended()).isTrue();
        Process cat = new ProcessBuilder("cat", name).start();
        byte[] there = name.contains("self")
                ? Files.readAllBytes(made)
                : cat.getInputStream().readAllBytes();
        assertThat(req.written()).isEqualTo(digest(there));
        assertThat(there).isNotEmpty();
    }

    @Test
    void an_empty_one_has_a_size() throws Exception {
        try (BodyReader reader =
                FileBody.of(Files.createFile(folder.resolve("empty"))).reader()) {
            assertThat(reader.size()).isZero();
            assertThat(reader.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void one_that_can_not_be_read_is_found_before_anything_is_sent() {
        Path memory = Path.of("/proc/self/mem");
        assumeTrue(Files.isReadable(memory), "there is such a file");
        assertThatThrownBy(() -> FileBody.of(memory))
                .isInstanceOf(CommandException.class)
                .hasMessage("can't read it: Input/output error");
    }

    @Test
    void one_that_has_lost_its_name_while_it_was_opened_is_not_left_open() throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "the system says what is open");
        AtomicInteger looks = new AtomicInteger();
        FileBody body = FileBody.of(file, path -> {
            if (looks.incrementAndGet() > 1) {
                Files.delete(path);
            }
            return FileStamp.of(path);
        });

        assertThatThrownBy(body::reader)
                .isInstanceOf(CommandException.class)
                .hasMessage("can't read it: no such file or folder");
        assertThat(looks).hasValue(2);
        assertThat(open()).noneMatch(open -> open.startsWith(file.toString()));
    }

    private static List<String> open() throws IOException {
        List<String> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                try {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                } catch (NoSuchFileException e) {
                    // closed meanwhile
                }
            }
        }
        return open;
    }

    @Test
    void a_disk_that_fails_half_way_is_a_trouble_of_this_side() throws Exception {
        FileChannel failing = new FakeFileChannel(FileChannel.open(file)) {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                if (position > SIZE / 2) {
                    throw new IOException("Input/output error");
                }
                return super.read(into, position);
            }
        };
        FakeOutgoing req = new FakeOutgoing();

        CommandException failure =
                upload(FileBodyReader.start("it", file, failing, 0, FileStamp.of(file), failing), req);

        assertThat(failure).hasMessage("can't read it: Input/output error");
        assertThat(failure.status()).isEqualTo(ExitStatus.LOCAL);
        assertThat(req.aborted()).isTrue();
        assertThat(req.ended()).isFalse();
    }

    @Test
    void one_that_ends_early_though_nobody_has_changed_it_is_an_error() throws Exception {
        FileChannel ending = new FakeFileChannel(FileChannel.open(file)) {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return position > SIZE / 2 ? -1 : super.read(into, position);
            }
        };
        FakeOutgoing req = new FakeOutgoing();

        CommandException failure = upload(FileBodyReader.start("it", file, ending, 0, FileStamp.of(file), ending), req);

        assertThat(failure)
                .hasMessageMatching("it changed while it was sent: it ends after \\d+ bytes, not after 1000000");
        assertThat(req.ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, SIZE})
    void one_that_is_closed_neither_ends_nor_fails(int read) throws Exception {
        BodyReader reader = FileBody.of(file).reader();
        ByteBuffer piece = ByteBuffer.allocate(read);
        while (piece.hasRemaining()) {
            reader.read(piece);
        }
        Files.delete(file);
        reader.close();
        assertThatThrownBy(() -> reader.read(piece.clear())).isInstanceOf(CancellationException.class);
    }

    /** An interrupt, as for a handler whose exchange is lost or whose client has run out of time. */
    @Test
    void one_that_is_opened_by_an_interrupted_thread_neither_fails() throws Exception {
        Body body = FileBody.of(file);
        Thread.currentThread().interrupt();
        assertThatThrownBy(body::reader).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        try (BodyReader again = body.reader()) {
            assertThat(again.size()).isEqualTo(SIZE);
        }
    }
}
