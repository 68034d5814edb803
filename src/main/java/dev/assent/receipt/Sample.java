// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Int;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of a site's records are looked at: drawn by a seed, so that nobody who could not choose the
 * seed could choose the records, and everybody can draw them again (docs/formats/sample.md).
 *
 * <p>The auditor keeps a checkpoint first and names the seed afterwards.
 *
 * @param site its public key
 * @param first the smallest number that may be drawn, from 1
 * @param last the largest, no smaller than {@code first}
 * @param size of the checkpoint that was kept: all these numbers' entries lie under it
 * @param seed 1 to 200 characters without control characters
 * @param count how many are drawn, 1 to {@value #MAX_COUNT}; all where there are no more
 */
public record Sample(String site, long first, long last, long size, String seed, int count) {
    /** The most records in a sample. */
    public static final int MAX_COUNT = 1000;

    /** The most characters in a seed. */
    public static final int MAX_SEED = 200;

    static final String TYPE = "assent/sample/v1";

    /**
     * @throws IllegalArgumentException if something is out of its bounds
     */
    public Sample {
        boolean bounded = 1 <= first && first <= last && last <= size;
        if (!bounded || count < 1 || count > MAX_COUNT || !isSeed(seed)) {
            throw new IllegalArgumentException("no sample can be drawn so");
        }
    }

    /** Whether this is a seed: of a bearable length, in one line. */
    public static boolean isSeed(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 1 && length <= MAX_SEED && text.chars().noneMatch(Character::isISOControl);
    }

    /** The numbers, in the order in which they are drawn. */
    public List<Long> drawn() {
        long of = last - first + 1;
        long wanted = Math.min(count, of);
        Set<Long> drawn = new LinkedHashSet<>();
        for (long counter = 0; drawn.size() < wanted; counter++) {
            long draw = draw(counter);
            if (isFair(draw, of)) {
                drawn.add(first + Long.remainderUnsigned(draw, of));
            }
        }
        return List.copyOf(drawn);
    }

    /** The numbers, ascending. */
    public List<Long> numbers() {
        return List.copyOf(new TreeSet<>(drawn()));
    }

    /** The head of a sample's file: what was drawn, and how. */
    public JsonObject json() {
        List<JsonValue> numbers = new ArrayList<>();
        drawn().forEach(number -> numbers.add(new Int(number)));
        return JsonObject.builder()
                .put("type", TYPE)
                .put("site", site)
                .put("first", first)
                .put("last", last)
                .put("size", size)
                .put("seed", seed)
                .put("count", count)
                .put("numbers", new Array(numbers))
                .build();
    }

    /**
     * Reads a head, and draws again.
     *
     * @throws JsonException if it has another form, or names other numbers than are drawn
     */
    static Sample parse(JsonObject json) throws JsonException {
        Members.requireType(json, TYPE);
        Members.requireOnly(
                json, "type", "site", "first", "last", "size", "seed", "count", "numbers");
        Sample sample = read(json);
        if (!sample.json().equals(json)) {
            throw JsonException.notAllowed("/numbers", "other numbers than this seed draws");
        }
        return sample;
    }

    private static Sample read(JsonObject json) throws JsonException {
        long count = json.integer("count");
        try {
            return new Sample(
                    json.text("site"),
                    json.integer("first"),
                    json.integer("last"),
                    json.integer("size"),
                    json.text("seed"),
                    count > MAX_COUNT ? 0 : (int) count);
        } catch (IllegalArgumentException e) {
            throw JsonException.notAllowed("", "no sample can be drawn so");
        }
    }

    /** The first 64 bits of the hash, unsigned, big endian. */
    private long draw(long counter) {
        String drawn =
                String.join(
                        "\n",
                        TYPE,
                        site,
                        Long.toString(first),
                        Long.toString(last),
                        Long.toString(size),
                        Long.toString(counter),
                        seed);
        return ByteBuffer.wrap(Hash.of(drawn.getBytes(UTF_8)).bytes()).getLong();
    }

    /**
     * Whether {@code draw} lies below the largest multiple of {@code of} that 64 bits hold: else
     * the small numbers would come more often.
     */
    private static boolean isFair(long draw, long of) {
        long surplus = Long.remainderUnsigned(-of, of);
        return surplus == 0 || Long.compareUnsigned(draw, -surplus) < 0;
    }
}
