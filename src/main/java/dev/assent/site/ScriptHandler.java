// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.site.ServedScript.Representation;
import dev.assent.web.ContentCoding;
import dev.assent.web.HttpDate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for scripts in memory, before the framework sees them; one per HTTP/1.1
 * connection, on its event loop. It is the whole of what most visitors ever ask of us, and handing
 * out bytes here costs about half of a trip through routes and filters.
 *
 * <p>Whatever is not plain goes on to {@link ScriptController}: another path or method, a script
 * not in memory, a body, an expectation, a connection that is to close. So does every request that
 * comes while the framework still owes an answer to an earlier one on this connection (HTTP
 * pipelining, RFC 9112 §9.3.2): answers leave in the order of their requests.
 */
final class ScriptHandler extends ChannelDuplexHandler {
    private static final String PREFIX = "/w/";
    private static final String SUFFIX = ".js";
    private static final String ASKED = "?language=";
    private static final int KEY_END = PREFIX.length() + 10;
    private static final int LIVE_LENGTH = KEY_END + SUFFIX.length();
    private static final int BY_HASH_LENGTH = KEY_END + 1 + 64 + SUFFIX.length();
    private static final int INFORMATIONAL = 200;

    private final SiteScripts scripts;
    private final ScriptMetrics metrics;
    private final HttpDate date;

    /** Answers that the framework owes. */
    private int owed;

    /** The rest of a request that was answered here is coming. */
    private boolean answered;

    /** The framework closes the connection after what it has written. */
    private boolean closing;

    /** Something was written here since the last flush. */
    private boolean unflushed;

    ScriptHandler(SiteScripts scripts, ScriptMetrics metrics, HttpDate date) {
        this.scripts = scripts;
        this.metrics = metrics;
        this.date = date;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            Representation representation = find(ctx, request);
            if (representation == null) {
                owed++;
                ctx.fireChannelRead(message);
            } else {
                // A full request, should the framework ever aggregate, has no rest.
                answered = !(message instanceof LastHttpContent);
                answer(ctx, request, representation);
                ReferenceCountUtil.release(message);
            }
        } else if (answered) {
            answered = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
        // The framework reads on from here.
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response) {
            boolean switching = response.status() == HttpResponseStatus.SWITCHING_PROTOCOLS;
            closing |= switching || !HttpUtil.isKeepAlive(response);
        }
        if (message instanceof LastHttpContent && !isInformational(message)) {
            owed--;
        }
        ctx.write(message, promise);
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response && response.status().code() < INFORMATIONAL;
    }

    /** What to answer with, or null if that is for the framework. */
    private @Nullable Representation find(ChannelHandlerContext ctx, HttpRequest request) {
        String uri = request.uri();
        if (!uri.startsWith(PREFIX) || !isScript(uri) || !isPlain(request)) {
            return null;
        }
        if (owed > 0 || closing || !hasRoom(ctx)) {
            return null;
        }
        if (uri.length() == LIVE_LENGTH) {
            ServedScript script = scripts.inMemory(uri.substring(PREFIX.length(), KEY_END));
            return script == null ? null : script.live(coding(request));
        }
        if (isAsked(uri)) {
            ServedScript script =
                    scripts.inMemoryIn(
                            uri.substring(PREFIX.length(), KEY_END),
                            uri.substring(LIVE_LENGTH + ASKED.length()));
            return script == null ? null : script.live(coding(request));
        }
        if (uri.length() == BY_HASH_LENGTH && uri.charAt(KEY_END) == '/') {
            ServedScript script =
                    scripts.inMemory(
                            uri.substring(PREFIX.length(), KEY_END),
                            uri.substring(KEY_END + 1, BY_HASH_LENGTH - SUFFIX.length()));
            return script == null ? null : script.byHash(coding(request));
        }
        return null;
    }

    private static boolean isScript(String uri) {
        return uri.endsWith(SUFFIX) || isAsked(uri);
    }

    /** Whether a script is asked for in one language, and nothing else is said. */
    private static boolean isAsked(String uri) {
        if (!uri.startsWith(ASKED, LIVE_LENGTH) || !uri.startsWith(SUFFIX, KEY_END)) {
            return false;
        }
        for (int i = LIVE_LENGTH + ASKED.length(); i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (!(c >= 'a' && c <= 'z')
                    && !(c >= 'A' && c <= 'Z')
                    && !(c >= '0' && c <= '9')
                    && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(HttpRequest request) {
        HttpMethod method = request.method();
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method))
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion())
                && isKeptAlive(headers.get(HttpHeaderNames.CONNECTION))
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.UPGRADE);
    }

    private static boolean isKeptAlive(@Nullable String connection) {
        return connection == null || connection.equalsIgnoreCase("keep-alive");
    }

    /** A client that sends and does not read is the framework's, which stops reading from it. */
    private boolean hasRoom(ChannelHandlerContext ctx) {
        if (!ctx.channel().isWritable()) {
            unflushed = false;
            ctx.flush();
        }
        return ctx.channel().isWritable();
    }

    private void answer(
            ChannelHandlerContext ctx, HttpRequest request, Representation representation) {
        boolean held =
                representation.isHeldBy(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
        boolean empty = held || HttpMethod.HEAD.equals(request.method());
        HttpResponseStatus status = held ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK;
        ScriptHeaders headers = held ? representation.notModified() : representation.ok();
        ByteBuf body = empty ? Unpooled.EMPTY_BUFFER : representation.body().duplicate();
        ctx.write(
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        status,
                        body,
                        headers.at(date.now()),
                        EmptyHttpHeaders.INSTANCE),
                ctx.voidPromise());
        unflushed = true;
        metrics.served(status.code());
    }

    private static ContentCoding coding(HttpRequest request) {
        return ContentCoding.choose(request.headers().get(HttpHeaderNames.ACCEPT_ENCODING));
    }
}
