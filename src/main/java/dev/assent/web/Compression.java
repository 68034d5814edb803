// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.netty.DefaultHttpCompressionStrategy;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.micronaut.http.server.netty.configuration.NettyHttpServerConfiguration;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import jakarta.inject.Singleton;

/**
 * Which answers the framework compresses on their way out: texts of some length without an entity
 * tag. A strong tag names the very bytes that it is sent with (RFC 9110 §8.8.1), so whoever sets
 * one has chosen the encoding.
 */
@Singleton
@Replaces(DefaultHttpCompressionStrategy.class)
final class Compression implements HttpCompressionStrategy {
    private final NettyHttpServerConfiguration configuration;

    Compression(NettyHttpServerConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public boolean isEnabled() {
        return configuration.getCompressionThreshold() >= 0;
    }

    @Override
    public boolean shouldCompress(HttpResponse response) {
        String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
        long length = HttpUtil.getContentLength(response, Long.MAX_VALUE);
        return type != null
                && MediaType.isTextBased(type)
                && length >= configuration.getCompressionThreshold()
                && !response.headers().contains(HttpHeaderNames.ETAG);
    }

    @Override
    public int getMaxZstdEncodeSize() {
        return configuration.getMaxZstdEncodeSize();
    }
}
