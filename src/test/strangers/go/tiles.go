// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8           // levels of the tree in a tile, https://c2sp.org/tlog-tiles
	width  = 1 << height // hashes in a full tile
)

var client = http.Client{Timeout: 10 * time.Second}

// A tileServer reads tiles below the log's URL. It believes none of them: tlog does the checking.
type tileServer struct{ url string }

func (s tileServer) Height() int { return height }

func (s tileServer) SaveTiles([]tlog.Tile, [][]byte) {}

func (s tileServer) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = s.get(tilePath(tile)); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (s tileServer) get(path string) ([]byte, error) {
	answer, err := client.Get(s.url + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, width<<16))
}

// tilePath is C2SP's: Go's own also names the height, which is always 8 there.
func tilePath(tile tlog.Tile) string {
	return fmt.Sprintf("tile/%d/%s", tile.L, number(tile.N, tile.W))
}

func bundlePath(n int64, count int) string {
	return "tile/entries/" + number(n, count)
}

// number writes 1234067 as x001/x234/067, and how many are in it if it is not full.
func number(n int64, count int) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if count < width {
		path += fmt.Sprintf(".p/%d", count)
	}
	return path
}
