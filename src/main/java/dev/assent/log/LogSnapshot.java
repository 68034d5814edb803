// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import dev.assent.merkle.ConsistencyProof;
import dev.assent.merkle.InclusionProof;
import dev.assent.merkle.Prover;
import dev.assent.merkle.Tile;
import dev.assent.merkle.TileHashReader;
import dev.assent.web.Transactions;
import io.micronaut.data.exceptions.DataAccessException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The log under one checkpoint, kept for as long as one likes: what a checkpoint covers never
 * changes, so no connection and no transaction is held between two calls. Proofs are made many at a
 * time, for one or two queries. Not for several threads at once.
 */
public final class LogSnapshot {
    private final SignedCheckpoint checkpoint;
    private final String vkey;
    private final TileCache tiles;
    private final Transactions transactions;

    LogSnapshot(SignedCheckpoint checkpoint, String vkey, Tiles tiles, Transactions transactions) {
        this.checkpoint = checkpoint;
        this.vkey = vkey;
        this.tiles = new TileCache(tiles);
        this.transactions = transactions;
    }

    /** The checkpoint that all proofs are under. */
    public SignedCheckpoint checkpoint() {
        return checkpoint;
    }

    /** The vkey of the log's key that signed the checkpoint. */
    public String vkey() {
        return vkey;
    }

    /**
     * Proves that these entries are in the log, in the order in which they are given.
     *
     * @param indexes all of them covered; near one another they take less
     * @throws DataAccessException if the database is out of reach
     */
    public List<InclusionProof> inclusions(List<Long> indexes) {
        return prove(
                tilesAbove(indexes),
                prover ->
                        indexes.stream()
                                .map(index -> prover.inclusion(index, checkpoint.size()))
                                .toList());
    }

    /**
     * Proves that the tree has grown from that of the first {@code first} entries.
     *
     * @throws IllegalArgumentException unless {@code 0 <= first <= checkpoint().size()}
     * @throws DataAccessException if the database is out of reach
     */
    public ConsistencyProof consistency(long first) {
        return prove(Set.of(), prover -> prover.consistency(first, checkpoint.size()));
    }

    /** All proofs of one call share what lies within their tiles, which is hashed once. */
    private <T> T prove(Set<Tile> needed, Function<Prover, T> use) {
        return transactions.read(
                "read tiles",
                connection -> {
                    tiles.find(connection, needed);
                    var reader =
                            new TileHashReader(
                                    checkpoint.size(), wanted -> tiles.find(connection, wanted));
                    return use.apply(new Prover(new ReadOnce(reader)));
                });
    }

    /** The tiles on the way from these leaves to the root; the right edge is not among them. */
    private Set<Tile> tilesAbove(List<Long> indexes) {
        Set<Tile> above = new LinkedHashSet<>();
        for (long index : indexes) {
            long number = index / Tile.FULL_WIDTH;
            for (int level = 0; level <= Tile.MAX_LEVEL; level++) {
                Tile.at(level, number, checkpoint.size()).ifPresent(above::add);
                number /= Tile.FULL_WIDTH;
            }
        }
        return above;
    }
}
