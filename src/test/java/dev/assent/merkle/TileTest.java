// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 256, tile/0/000",
        "0, 1, 1, tile/0/001.p/1",
        "1, 999, 255, tile/1/999.p/255",
        "0, 1000, 256, tile/0/x001/000",
        "0, 1234067, 256, tile/0/x001/x234/067",
        "-1, 1234067, 112, tile/entries/x001/x234/067.p/112",
        "7, 0, 127, tile/7/000.p/127",
        "0, 36028797018963967, 256, tile/0/x036/x028/x797/x018/x963/967",
    })
    void path_isTheOneOfTlogTiles(int level, long index, int width, String path) {
        Tile tile = new Tile(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(Tile.parse(path)).contains(tile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000/001",
                "tile/0/x001",
                "tile/0/x001/",
                "tile/0/001/002",
                "tile/00/001",
                "tile/8/000",
                "tile/-1/000",
                "tile/64/000",
                "tile/data/000",
                "tile/0/000.p/0",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/999",
                "tile/0/000.p/",
                "tile/0/000.p",
                "tile/7/001",
                "tile/0/x036/x028/x797/x018/x963/968",
                "tile/0/x999/x999/x999/x999/x999/x999/999",
                "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/000\n",
                "tile/0/\u0660\u0660\u0660",
                "tile/0/../000",
            })
    void parse_refuses(String path) {
        assertThat(Tile.parse(path)).isEmpty();
    }

    @Test
    void at_givesTheTilesOfTheExampleInTlogTiles() {
        assertThat(Tile.at(0, 272, 70_000)).contains(new Tile(0, 272, 256));
        assertThat(Tile.at(0, 273, 70_000)).contains(new Tile(0, 273, 112));
        assertThat(Tile.at(0, 274, 70_000)).isEmpty();
        assertThat(Tile.at(1, 0, 70_000)).contains(new Tile(1, 0, 256));
        assertThat(Tile.at(1, 1, 70_000)).contains(new Tile(1, 1, 17));
        assertThat(Tile.at(2, 0, 70_000)).contains(new Tile(2, 0, 1));
        assertThat(Tile.at(3, 0, 70_000)).isEmpty();
        assertThat(Tile.at(1, 0, 256)).contains(new Tile(1, 0, 1));
        assertThat(Tile.at(0, 1, 256)).isEmpty();
        assertThat(Tile.at(0, Long.MAX_VALUE, 256)).isEmpty();
        assertThat(Tile.at(7, 0, Long.MAX_VALUE)).contains(new Tile(7, 0, 127));
        assertThat(Tile.at(Tile.ENTRIES, 273, 70_000)).contains(new Tile(Tile.ENTRIES, 273, 112));
    }

    @Test
    void grown_namesEveryTileThatChanged() {
        assertThat(Tile.grown(0, 0)).isEmpty();
        assertThat(Tile.grown(70_000, 70_000)).isEmpty();
        assertThat(Tile.grown(0, 1)).containsExactly(new Tile(0, 0, 1));
        assertThat(Tile.grown(255, 257))
                .containsExactly(new Tile(0, 0, 256), new Tile(0, 1, 1), new Tile(1, 0, 1));
        assertThat(Tile.grown(256, 257)).containsExactly(new Tile(0, 1, 1));
        assertThat(Tile.grown(65_535, 65_536))
                .containsExactly(new Tile(0, 255, 256), new Tile(1, 0, 256), new Tile(2, 0, 1));
    }

    @Test
    void constructor_refusesWhatCannotBe() {
        long[][] bad = {{-2, 0, 1}, {8, 0, 1}, {0, -1, 1}, {0, 0, 0}, {0, 0, 257}, {7, 1, 1}};
        for (long[] tile : bad) {
            assertThatThrownBy(() -> new Tile((int) tile[0], tile[1], (int) tile[2]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void edge_hasTheRootAndTheTilesOfTheTree_howeverItGrew() {
        int size = 66_000;
        TestTree tree = TestTree.ofSize(size);
        TestTiles tiles = TestTiles.of(tree);
        assertThat(TileEdge.read(size, tiles).root()).isEqualTo(tree.root(size));
        for (int level = 0; level <= 2; level++) {
            for (long index = 0; Tile.at(level, index, size).isPresent(); index++) {
                Tile tile = Tile.at(level, index, size).orElseThrow();
                assertThat(tiles.stored().get(tile)).as(tile.path()).isEqualTo(bytes(tree, tile));
            }
        }
        Prover prover = new Prover(new TileHashReader(size, tiles));
        for (int before : new int[] {1, 255, 256, 257, 65_535, 65_536, 65_537, size}) {
            assertThat(prover.root(before)).isEqualTo(tree.root(before));
        }
    }

    @Test
    void reader_refusesMissingAndShortTiles() {
        TileHashReader none = new TileHashReader(300, wanted -> Map.of());
        TileHashReader shorter =
                new TileHashReader(
                        300, wanted -> Map.of(wanted.iterator().next(), new byte[43 * 32]));
        for (TileHashReader reader : List.of(none, shorter)) {
            assertThatThrownBy(() -> reader.read(List.of(new Node(0, 256))))
                    .isInstanceOf(IllegalStateException.class);
        }
        for (Node node : List.of(new Node(0, 300), new Node(8, 1), new Node(5, 9))) {
            assertThatThrownBy(() -> none.read(List.of(node)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(TestTree tree, Tile tile) {
        byte[] bytes = new byte[tile.byteLength()];
        for (int i = 0; i < tile.width(); i++) {
            Node node = new Node(8 * tile.level(), tile.index() * 256 + i);
            tree.read(List.of(node)).getFirst().copyTo(bytes, i * Hash.LENGTH);
        }
        return bytes;
    }
}
