// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The coordinates of a tile: up to 256 hashes beside one another, 8 levels apart, or the bundle of
 * the entries under such a tile of leaves.
 *
 * @param level 0 for the leaves to 7, or {@link #ENTRIES}. Tile {@code n} of level {@code l} holds
 *     the hashes of the 256 complete subtrees of 256<sup>l</sup> leaves that begin with number
 *     {@code 256 · n}
 * @param index from 0, counted within the level
 * @param width hashes in it, or entries: 1 to 255 in a partial tile, 256 in a full one
 * @see <a href="https://github.com/C2SP/C2SP/blob/tlog-tiles/v0.1.0/tlog-tiles.md">C2SP tlog-tiles
 *     0.1.0</a>
 */
public record Tile(int level, long index, int width) {
    /** Hashes in a full tile. */
    public static final int FULL_WIDTH = 256;

    /** The level of the entry bundles, below the leaves. */
    public static final int ENTRIES = -1;

    /** Levels of the tree from one level of tiles to the next. */
    static final int HEIGHT = 8;

    /** The highest level of tiles. */
    public static final int MAX_LEVEL = 7;

    private static final Pattern PATH =
            Pattern.compile(
                    "tile/(entries|[0-7])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\\.p/([0-9]{1,3}))?");

    public Tile {
        if (level < ENTRIES || level > MAX_LEVEL) {
            throw new IllegalArgumentException("no tiles at level " + level);
        }
        if (index < 0 || index > Long.MAX_VALUE >> shift(level)) {
            throw new IllegalArgumentException("no tile " + index + " at level " + level);
        }
        if (width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("a tile is 1 to 256 wide, not " + width);
        }
    }

    /** The tile as it stands in a tree of {@code size} leaves; empty if nothing is in it yet. */
    public static Optional<Tile> at(int level, long index, long size) {
        long hashes = size >> (HEIGHT * Math.max(level, 0));
        if (index > hashes / FULL_WIDTH || index * FULL_WIDTH == hashes) {
            return Optional.empty();
        }
        long width = Math.min(FULL_WIDTH, hashes - index * FULL_WIDTH);
        return Optional.of(new Tile(level, index, (int) width));
    }

    /**
     * All tiles of hashes that a tree of {@code newSize} leaves has and one of {@code oldSize} had
     * not, or not so wide: what is to be stored when the tree grows. Lowest level first.
     */
    public static List<Tile> grown(long oldSize, long newSize) {
        List<Tile> tiles = new ArrayList<>();
        for (int level = 0; level <= MAX_LEVEL; level++) {
            long before = oldSize >> (HEIGHT * level);
            long after = newSize >> (HEIGHT * level);
            if (before < after) {
                for (long n = before / FULL_WIDTH; n * FULL_WIDTH < after; n++) {
                    tiles.add(at(level, n, newSize).orElseThrow());
                }
            }
        }
        return tiles;
    }

    /**
     * Reads a path as {@link #path()} writes it, for example {@code tile/0/x001/x234/067.p/112};
     * empty for any other text.
     */
    public static Optional<Tile> parse(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            String level = matcher.group(1);
            String width = matcher.group(3);
            Tile tile =
                    new Tile(
                            level.equals("entries") ? ENTRIES : Integer.parseInt(level),
                            Long.parseLong(matcher.group(2).replaceAll("[x/]", "")),
                            width == null ? FULL_WIDTH : Integer.parseInt(width));
            return tile.path().equals(path) ? Optional.of(tile) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean isPartial() {
        return width < FULL_WIDTH;
    }

    /** Bytes in this tile of hashes. */
    public int byteLength() {
        return width * Hash.LENGTH;
    }

    /** The path below the log's prefix, without a leading slash. */
    public String path() {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        path.insert(0, "tile/" + (level == ENTRIES ? "entries" : level) + "/");
        return isPartial() ? path.append(".p/").append(width).toString() : path.toString();
    }

    private static int shift(int level) {
        return Math.min(HEIGHT * (Math.max(level, 0) + 1), Long.SIZE - 1);
    }
}
