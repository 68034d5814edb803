// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.web.HttpDate;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/**
 * Puts a {@link ScriptHandler} before the framework's own handler on each HTTP/1.1 connection. On
 * any other (HTTP/2, or a pipeline that a later version of the framework builds differently) it
 * puts none, and {@link ScriptController} answers.
 */
@Singleton
final class ScriptPipeline implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    private final Provider<SiteScripts> scripts;
    private final Provider<ScriptMetrics> metrics;
    private final Provider<HttpDate> date;

    ScriptPipeline(
            Provider<SiteScripts> scripts,
            Provider<ScriptMetrics> metrics,
            Provider<HttpDate> date) {
        this.scripts = scripts;
        this.metrics = metrics;
        this.date = date;
    }

    @Override
    public NettyServerCustomizer.Registry onCreated(
            BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        event.getBean().register(new Connections());
        return event.getBean();
    }

    private final class Connections implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
        }
    }

    private final class Connection implements NettyServerCustomizer {
        private final Channel channel;

        Connection(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void onStreamPipelineBuilt() {
            ChannelPipeline pipeline = channel.pipeline();
            if (pipeline.get(HttpServerCodec.class) != null
                    && pipeline.get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
                pipeline.addBefore(
                        ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                        "assent-script",
                        new ScriptHandler(scripts.get(), metrics.get(), date.get()));
            }
        }
    }
}
