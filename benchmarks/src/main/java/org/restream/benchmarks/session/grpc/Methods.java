package org.restream.benchmarks.session.grpc;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The service. Its messages are plain bytes, without Protocol Buffers. */
final class Methods {
    static final String SERVICE = "bench";
    static final MethodDescriptor<byte[], byte[]> EXCHANGE = method("exchange", MethodType.UNARY);
    static final MethodDescriptor<byte[], byte[]> UP = method("up", MethodType.CLIENT_STREAMING);
    static final MethodDescriptor<byte[], byte[]> DOWN = method("down", MethodType.SERVER_STREAMING);

    private Methods() {}

    private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                // a whole message is there; readAllBytes would make a buffer of 16 KiB first
                byte[] value = new byte[stream.available()];
                int count = stream.readNBytes(value, 0, value.length);
                if (count < value.length || stream.read() >= 0) {
                    throw new IOException("not the whole message");
                }
                return value;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
