// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Command stranger checks a log of Assent with Go's own libraries of
// transparency logs, which know nothing of Assent: every tile and entry under
// the signed checkpoint, that the log has only grown, and that receipts hold.
//
//	stranger VKEY LOG-URL KEPT-CHECKPOINT RECEIPT...
//
// It exits with 0 if all holds, 1 if anything does not, 2 if called wrongly.
package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: stranger VKEY LOG-URL KEPT-CHECKPOINT RECEIPT...")
		os.Exit(2)
	}
	if err := check(os.Args[1], os.Args[2], os.Args[3], os.Args[4:]); err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

func check(vkey, url, kept string, receipts []string) error {
	key, err := note.NewVerifier(vkey)
	if err != nil {
		return fmt.Errorf("vkey: %w", err)
	}
	log, err := openLog(strings.TrimSuffix(url, "/"), key)
	if err != nil {
		return err
	}
	fmt.Printf("checkpoint: %d entries, root %s\n", log.tree.N, log.tree.Hash)
	if err := log.checkEntries(); err != nil {
		return err
	}
	fmt.Printf("entries: %d, their root is the signed one\n", len(log.entries))
	tiles, err := log.checkTiles()
	if err != nil {
		return err
	}
	fmt.Printf("tiles: %d, each the hashes of its entries\n", tiles)
	size, err := log.checkKept(kept)
	if err != nil {
		return fmt.Errorf("%s: %w", kept, err)
	}
	fmt.Printf("consistency: the first %d entries are what they were\n", size)
	for _, name := range receipts {
		index, err := log.checkReceipt(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Printf("inclusion: %s is entry %d\n", name, index)
	}
	return nil
}
