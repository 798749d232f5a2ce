package org.restream.benchmarks.session.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;

/** The streams of one connection, on the level of frames, which costs less than a channel for each stream. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the connection
abstract class Streams extends Http2ChannelDuplexHandler {
    private final IntObjectMap<Receiver> receivers = new IntObjectHashMap<>();

    /** Puts the handlers of a connection into its pipeline. */
    static void add(ChannelPipeline pipeline, Http2FrameCodec codec, Streams streams) {
        // one system call for the answers to all that one read has brought
        pipeline.addLast(new FlushConsolidationHandler(), codec, streams);
    }

    /** Receives what the headers announce. */
    abstract Receiver receiver(ChannelHandlerContext context, Http2HeadersFrame headers);

    /** Expects a message of the other side's. */
    void expect(Http2FrameStream stream, Receiver receiver) {
        receivers.put(stream.id(), receiver);
    }

    Receiver expected(Http2FrameStream stream) {
        return receivers.get(stream.id());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        if (frame instanceof Http2HeadersFrame headers) {
            expect(headers.stream(), receiver(context, headers));
            if (headers.isEndStream()) {
                receivers.remove(headers.stream().id()).received(Unpooled.EMPTY_BUFFER, true);
            }
        } else if (frame instanceof Http2DataFrame data) {
            int id = data.stream().id();
            Receiver receiver = data.isEndStream() ? receivers.remove(id) : receivers.get(id);
            receiver.received(data.content(), data.isEndStream());
            if (!data.isEndStream()) {
                context.write(
                        new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes()).stream(data.stream()));
            }
        }
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
        receivers.values().forEach(receiver -> receiver.failed(cause));
        receivers.clear();
    }

    static void write(ChannelHandlerContext context, Http2FrameStream stream, Http2Headers headers) {
        context.write(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
    }

    /** Writes the last data of a message. */
    static void end(ChannelHandlerContext context, Http2FrameStream stream, ByteBuf body) {
        context.write(new DefaultHttp2DataFrame(body, true).stream(stream));
    }
}
