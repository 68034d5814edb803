// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.web.ContentCoding;
import dev.assent.web.EntityTags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A script, ready to be handed out: its bytes outside the heap, its headers written. */
public final class ServedScript {
    private final Hash sha256;
    private final String hex;
    private final int size;
    private final List<Representation> live;
    private final List<Representation> byHash;

    /**
     * One encoding under one kind of URL.
     *
     * @param body never released and never read from itself; duplicate it
     */
    record Representation(ByteBuf body, String etag, ScriptHeaders ok, ScriptHeaders notModified) {

        boolean isHeldBy(@Nullable CharSequence ifNoneMatch) {
            return EntityTags.match(ifNoneMatch, etag);
        }
    }

    ServedScript(SiteScript script) {
        this.sha256 = script.sha256();
        this.hex = sha256.hex();
        this.size = script.identity().length + script.gzip().length + script.brotli().length;
        // In the order of ContentCoding.
        List<ByteBuf> bodies =
                Stream.of(script.brotli(), script.gzip(), script.identity())
                        .map(ServedScript::outsideTheHeap)
                        .toList();
        this.live = represent(bodies, false);
        this.byHash = represent(bodies, true);
    }

    /** SHA-256 of the JavaScript. */
    public Hash sha256() {
        return sha256;
    }

    /** The JavaScript, UTF-8, as a copy. */
    public byte[] identity() {
        return ByteBufUtil.getBytes(live(ContentCoding.IDENTITY).body());
    }

    /** {@link #sha256()} in 64 hexadecimal digits. */
    String hex() {
        return hex;
    }

    /** Bytes of memory, about. */
    int size() {
        return size;
    }

    /** As {@code /w/SITEKEY.js} is answered. */
    Representation live(ContentCoding coding) {
        return live.get(coding.ordinal());
    }

    /** As {@code /w/SITEKEY/SHA256.js} is answered. */
    Representation byHash(ContentCoding coding) {
        return byHash.get(coding.ordinal());
    }

    private List<Representation> represent(List<ByteBuf> bodies, boolean immutable) {
        return Arrays.stream(ContentCoding.values())
                .map(coding -> represent(bodies.get(coding.ordinal()), coding, immutable))
                .toList();
    }

    private Representation represent(ByteBuf body, ContentCoding coding, boolean immutable) {
        String etag = ScriptHeaders.etag(sha256, coding);
        return new Representation(
                body,
                etag,
                ScriptHeaders.ok(etag, coding, body.readableBytes(), immutable),
                ScriptHeaders.notModified(etag, immutable));
    }

    /** The garbage collector frees it after the last answer, so that nobody has to count. */
    private static ByteBuf outsideTheHeap(byte[] bytes) {
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(memory).asReadOnly());
    }
}
