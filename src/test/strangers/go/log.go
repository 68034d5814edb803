// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// A servedLog is a log as its server shows it, under a checkpoint that its key signed.
type servedLog struct {
	key     note.Verifier
	tree    tlog.Tree
	tiles   tileServer
	entries [][]byte
	hashes  memory // of the entries and all above them, computed here
}

func openLog(url string, key note.Verifier) (*servedLog, error) {
	tiles := tileServer{url}
	signed, err := tiles.get("checkpoint")
	if err != nil {
		return nil, err
	}
	tree, err := openCheckpoint(signed, key)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	return &servedLog{key: key, tree: tree, tiles: tiles}, nil
}

// openCheckpoint reads what key signed. The name of the key is the log's origin.
func openCheckpoint(signed []byte, key note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, err
	}
	var origin, hash string
	var tree tlog.Tree
	if _, err := fmt.Sscanf(opened.Text, "%s\n%d\n%s\n", &origin, &tree.N, &hash); err != nil {
		return tlog.Tree{}, err
	}
	if origin != key.Name() {
		return tlog.Tree{}, fmt.Errorf("of the log %s", origin)
	}
	tree.Hash, err = tlog.ParseHash(hash)
	return tree, err
}

// checkEntries reads all bundles of entries and computes the tree over them.
func (log *servedLog) checkEntries() error {
	for n := int64(0); n < log.tree.N; n++ {
		if n%width == 0 {
			if err := log.readBundle(n / width); err != nil {
				return err
			}
		}
		hashes, err := tlog.StoredHashes(n, log.entries[n], log.hashes)
		if err != nil {
			return err
		}
		log.hashes = append(log.hashes, hashes...)
	}
	root, err := tlog.TreeHash(log.tree.N, log.hashes)
	if err != nil {
		return err
	}
	if root != log.tree.Hash {
		return errors.New("the entries have another root than the signed one")
	}
	return nil
}

// readBundle appends the entries of bundle number n, each after its length in two bytes.
func (log *servedLog) readBundle(n int64) error {
	count := filled(log.tree.N, n)
	path := bundlePath(n, count)
	bundle, err := log.tiles.get(path)
	if err != nil {
		return err
	}
	for ; count > 0; count-- {
		if len(bundle) < 2 || len(bundle) < 2+int(binary.BigEndian.Uint16(bundle)) {
			return fmt.Errorf("%s ends too early", path)
		}
		end := 2 + int(binary.BigEndian.Uint16(bundle))
		log.entries = append(log.entries, bundle[2:end])
		bundle = bundle[end:]
	}
	if len(bundle) > 0 {
		return fmt.Errorf("%s is too long", path)
	}
	return nil
}

// checkTiles compares every tile that is served with the one computed here, and returns how many.
func (log *servedLog) checkTiles() (int, error) {
	tiles := log.allTiles()
	for _, tile := range tiles {
		served, err := log.tiles.get(tilePath(tile))
		if err != nil {
			return 0, err
		}
		computed, err := tlog.ReadTileData(tile, log.hashes)
		if err != nil {
			return 0, err
		}
		if !bytes.Equal(served, computed) {
			return 0, fmt.Errorf("%s has other hashes than its entries", tilePath(tile))
		}
	}
	return len(tiles), nil
}

// allTiles are the full ones of each level, and the one at its right edge.
func (log *servedLog) allTiles() []tlog.Tile {
	var tiles []tlog.Tile
	for level, count := 0, log.tree.N; count > 0; level, count = level+1, count/width {
		for n := int64(0); n*width < count; n++ {
			tiles = append(tiles, tlog.Tile{H: height, L: level, N: n, W: filled(count, n)})
		}
	}
	return tiles
}

// filled is how many of count things lie in the tile or bundle number n of them.
func filled(count, n int64) int {
	if count-n*width > width {
		return width
	}
	return int(count - n*width)
}

// checkKept proves by the tiles alone that the log goes on from a checkpoint kept earlier.
func (log *servedLog) checkKept(file string) (int64, error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	kept, err := openCheckpoint(signed, log.key)
	if err != nil {
		return 0, err
	}
	return kept.N, log.checkConsistent(kept)
}

func (log *servedLog) checkConsistent(older tlog.Tree) error {
	if older.N > log.tree.N {
		return fmt.Errorf("the log has shrunk from %d entries to %d", older.N, log.tree.N)
	}
	proof, err := tlog.ProveTree(log.tree.N, older.N, tlog.TileHashReader(log.tree, log.tiles))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(proof, log.tree.N, log.tree.Hash, older.N, older.Hash); err != nil {
		return fmt.Errorf("the log does not go on from %d entries: %w", older.N, err)
	}
	return nil
}

// memory holds hashes as tlog numbers them.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d yet", index)
		}
		hashes[i] = m[index]
	}
	return hashes, nil
}
