// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.web;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections to Redis: a single server or one that Sentinel names ({@code redis://}, {@code
 * rediss://}, {@code redis-sentinel://host:port,host:port/0#master}), or a cluster ({@code
 * redis-cluster://host:port,host:port}, {@code rediss-cluster://…}).
 *
 * <p>A connection that broke is made anew by the driver within half a second of the server's
 * return; commands are refused at once meanwhile, instead of being queued, and none waits longer
 * than the time-out.
 */
interface RedisConnector extends AutoCloseable {
    RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** Connects for commands. */
    CompletionStage<RedisClusterAsyncCommands<String, byte[]>> connect();

    /** Connects for messages. */
    CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectForMessages();

    /** Closes what it connected, without waiting. */
    @Override
    void close();

    /**
     * The connector for {@code uri}.
     *
     * @throws IllegalArgumentException if it is not one of the forms above
     */
    static RedisConnector to(String uri, Duration timeout) {
        ClientResources resources =
                ClientResources.builder()
                        .ioThreadPoolSize(2)
                        .computationThreadPoolSize(2)
                        .reconnectDelay(Delay.exponential(20, 400, TimeUnit.MILLISECONDS, 2))
                        .build();
        return uri.contains("-cluster://")
                ? cluster(resources, URI.create(uri.replace("-cluster://", "://")), timeout)
                : server(resources, RedisURI.create(uri), timeout);
    }

    private static RedisConnector server(
            ClientResources resources, RedisURI uri, Duration timeout) {
        uri.setTimeout(timeout);
        RedisClient client = RedisClient.create(resources);
        client.setOptions(options(ClientOptions.builder(), timeout).build());
        return new RedisConnector() {
            @Override
            public CompletionStage<RedisClusterAsyncCommands<String, byte[]>> connect() {
                return client.connectAsync(CODEC, uri).thenApply(connection -> connection.async());
            }

            @Override
            public CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>
                    connectForMessages() {
                return client.connectPubSubAsync(StringCodec.UTF8, uri);
            }

            @Override
            public void close() {
                client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                        .whenComplete((done, failure) -> resources.shutdown());
            }
        };
    }

    private static RedisConnector cluster(
            ClientResources resources, URI address, Duration timeout) {
        List<RedisURI> nodes = RedisClusterURIUtil.toRedisURIs(address);
        nodes.forEach(node -> node.setTimeout(timeout));
        RedisClusterClient client = RedisClusterClient.create(resources, nodes);
        client.setOptions(
                ClusterClientOptions.builder(options(ClientOptions.builder(), timeout).build())
                        .topologyRefreshOptions(
                                ClusterTopologyRefreshOptions.builder()
                                        .enableAllAdaptiveRefreshTriggers()
                                        .build())
                        .build());
        return new RedisConnector() {
            @Override
            public CompletionStage<RedisClusterAsyncCommands<String, byte[]>> connect() {
                return client.refreshPartitionsAsync()
                        .thenCompose(known -> client.connectAsync(CODEC))
                        .thenApply(connection -> connection.async());
            }

            @Override
            public CompletionStage<? extends StatefulRedisPubSubConnection<String, String>>
                    connectForMessages() {
                return client.refreshPartitionsAsync()
                        .thenCompose(known -> client.connectPubSubAsync(StringCodec.UTF8));
            }

            @Override
            public void close() {
                client.shutdownAsync(0, 1, TimeUnit.SECONDS)
                        .whenComplete((done, failure) -> resources.shutdown());
            }
        };
    }

    private static ClientOptions.Builder options(ClientOptions.Builder options, Duration timeout) {
        return options.protocolVersion(ProtocolVersion.RESP3)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(
                        SocketOptions.builder().connectTimeout(timeout).keepAlive(true).build());
    }
}
