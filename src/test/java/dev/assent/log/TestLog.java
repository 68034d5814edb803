// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.merkle.CompactRange;
import dev.assent.merkle.EntryBundle;
import dev.assent.merkle.Hash;
import dev.assent.merkle.Prover;
import dev.assent.merkle.Tile;
import dev.assent.merkle.TileHashReader;
import dev.assent.note.Checkpoint;
import dev.assent.note.Note;
import dev.assent.note.NoteException;
import dev.assent.note.NoteVerifier;
import dev.assent.note.SignatureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the public can read of a log, and believes none of it: signature, every entry, every
 * tile and the root are checked, and that the log has only grown since it was looked at before.
 */
public final class TestLog {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private URI service;
    private @Nullable Checkpoint before;

    public TestLog(URI service) {
        this.service = service;
    }

    /** The same log at another address: from now on it is read there. */
    void moveTo(URI other) {
        service = other;
    }

    /** Checks the whole log as it stands. */
    public Checkpoint check() {
        Checkpoint checkpoint = checkpoint();
        List<byte[]> entries = entries(checkpoint.size());
        CompactRange tree = CompactRange.EMPTY;
        for (byte[] entry : entries) {
            tree = tree.append(Hash.ofLeaf(entry));
        }
        assertThat(tree.root()).as("root over the entries").isEqualTo(checkpoint.root());
        TileHashReader tiles = new TileHashReader(checkpoint.size(), this::tiles);
        assertThat(new Prover(tiles).root(checkpoint.size())).isEqualTo(checkpoint.root());
        for (Tile tile : Tile.grown(0, checkpoint.size())) {
            assertThat(get(tile.path())).as(tile.path()).isEqualTo(recomputed(tile, entries));
        }
        if (before != null) {
            assertThat(checkpoint.size()).isGreaterThanOrEqualTo(before.size());
            assertThat(new Prover(tiles).root(before.size())).isEqualTo(before.root());
        }
        before = checkpoint;
        return checkpoint;
    }

    /** The signed checkpoint. */
    public Checkpoint checkpoint() {
        try {
            return Checkpoint.open(Note.parse(get("checkpoint")), key());
        } catch (NoteException e) {
            throw new AssertionError("not a signed checkpoint", e);
        }
    }

    public NoteVerifier key() {
        try {
            return NoteVerifier.parse(
                    new String(get("vkey"), UTF_8).strip(), SignatureType.ED25519);
        } catch (NoteException e) {
            throw new AssertionError("not a vkey", e);
        }
    }

    /** All entries of the first {@code size}, as the bundles bring them. */
    public List<byte[]> entries(long size) {
        List<byte[]> entries = new ArrayList<>();
        for (long n = 0; n * Tile.FULL_WIDTH < size; n++) {
            Tile bundle = Tile.at(Tile.ENTRIES, n, size).orElseThrow();
            List<byte[]> found = EntryBundle.parse(get(bundle.path()));
            assertThat(found).hasSize(bundle.width());
            entries.addAll(found);
        }
        return entries;
    }

    private Map<Tile, byte[]> tiles(Set<Tile> wanted) {
        Map<Tile, byte[]> found = new HashMap<>();
        wanted.forEach(tile -> found.put(tile, get(tile.path())));
        return found;
    }

    private static byte[] recomputed(Tile tile, List<byte[]> entries) {
        long leaves = 1L << (8 * tile.level());
        byte[] bytes = new byte[tile.byteLength()];
        for (int i = 0; i < tile.width(); i++) {
            long from = (tile.index() * Tile.FULL_WIDTH + i) * leaves;
            CompactRange subtree = CompactRange.EMPTY;
            for (byte[] entry : entries.subList((int) from, (int) (from + leaves))) {
                subtree = subtree.append(Hash.ofLeaf(entry));
            }
            subtree.root().copyTo(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }

    private byte[] get(String path) {
        try {
            HttpResponse<byte[]> answer =
                    HTTP.send(
                            HttpRequest.newBuilder(service.resolve("/log/" + path)).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
