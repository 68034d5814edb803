// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import dev.assent.merkle.Hash;
import dev.assent.web.RedisLink;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of scripts in Redis, all three encodings in one value, so that nodes need not each read
 * them from PostgreSQL.
 *
 * <p><b>Redis is not trusted.</b> What stands here runs in every visitor's browser, and many can
 * write to a Redis who may not write to the database. So which script is live, and its hash, always
 * come from PostgreSQL; Redis gives bytes for a hash that is known already. They are hashed, both
 * compressed forms are unpacked and compared with what was hashed, and a value that fails is
 * dropped and the bytes are read from PostgreSQL. Whoever writes to Redis can make us slower,
 * nothing else.
 *
 * <p>The key is {@code assent:script:SITEKEY:SHA256}, so a value is never outdated, only unused; it
 * is forgotten after {@link #LIFETIME}. The value: the lengths of the two compressed forms, 4 bytes
 * each, big endian; gzip; brotli; the rest is the script itself.
 */
@Singleton
final class RedisScripts {
    private static final Logger LOG = LoggerFactory.getLogger(RedisScripts.class);
    private static final Duration LIFETIME = Duration.ofDays(7);

    private final RedisLink redis;

    RedisScripts(RedisLink redis) {
        this.redis = redis;
    }

    /** The script with this hash, if Redis holds it and it is sound. Blocks. */
    Optional<SiteScript> get(String siteKey, Hash sha256) {
        Optional<byte[]> value = redis.get(key(siteKey, sha256));
        Optional<SiteScript> script = value.flatMap(bytes -> read(sha256, bytes));
        if (value.isPresent() && script.isEmpty()) {
            LOG.warn("Redis held other bytes for script {} than were published", sha256);
            redis.remove(key(siteKey, sha256));
        }
        return script;
    }

    /** Keeps a script for the other nodes. Blocks. */
    void put(String siteKey, SiteScript script) {
        byte[] gzip = script.gzip();
        byte[] brotli = script.brotli();
        byte[] value =
                ByteBuffer.allocate(
                                2 * Integer.BYTES
                                        + gzip.length
                                        + brotli.length
                                        + script.identity().length)
                        .putInt(gzip.length)
                        .putInt(brotli.length)
                        .put(gzip)
                        .put(brotli)
                        .put(script.identity())
                        .array();
        redis.set(key(siteKey, script.sha256()), value, LIFETIME);
    }

    static String key(String siteKey, Hash sha256) {
        return "assent:script:" + siteKey + ":" + sha256.hex();
    }

    private static Optional<SiteScript> read(Hash sha256, byte[] value) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(value);
            int gzipLength = buffer.getInt();
            int brotliLength = buffer.getInt();
            byte[] gzip = take(buffer, gzipLength);
            byte[] brotli = take(buffer, brotliLength);
            byte[] identity = take(buffer, buffer.remaining());
            boolean sound =
                    Hash.of(identity).equals(sha256)
                            && unpacksTo(identity, gunzip(gzip))
                            && unpacksTo(identity, unbrotli(brotli));
            return sound
                    ? Optional.of(new SiteScript(sha256, identity, gzip, brotli))
                    : Optional.empty();
        } catch (BufferUnderflowException | IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    /** Reads no further than one byte past what is expected, however far it would unpack. */
    private static boolean unpacksTo(byte[] identity, InputStream packed) throws IOException {
        try (packed) {
            return Arrays.equals(packed.readNBytes(identity.length + 1), identity);
        }
    }

    private static InputStream gunzip(byte[] gzip) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(gzip));
    }

    private static InputStream unbrotli(byte[] brotli) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return new BrotliInputStream(new ByteArrayInputStream(brotli));
    }
}
