package org.restream.internal.session.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However many connections there are, a process has only a few of the largest buffers, and all others still get one. */
class BuffersTest {
    static Stream<Arguments> kinds() {
        Supplier<ByteBuffer> toRead = Buffers::takeToRead;
        Supplier<ByteBuffer> toWrite = Buffers::takeToWrite;
        return Stream.of(
                Arguments.of("to read", toRead, Buffers.READ_BYTES),
                Arguments.of("to write", toWrite, Buffers.WRITE_BYTES));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void the_largest_are_few_and_used_again(String name, Supplier<ByteBuffer> take, int largest) {
        for (int i = 0; i < 3; i++) {
            List<ByteBuffer> all = new ArrayList<>();
            for (int k = 0; k < 100; k++) {
                all.add(take.get());
            }
            all.forEach(buffer -> assertThat(buffer.remaining()).isGreaterThanOrEqualTo(Buffers.BYTES));
            assertThat(all.stream().filter(buffer -> buffer.capacity() == largest))
                    .as("round %s", i)
                    .hasSize(Buffers.MOST_OF_LARGEST);
            all.forEach(buffer -> Buffers.give(buffer.position(1)));
        }
    }
}
