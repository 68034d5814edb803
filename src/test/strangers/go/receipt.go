// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	header     = "c2sp.org/tlog-proof@v1\n"
	commitment = "assent/consent-record/v1\n"
)

// A receipt is a record with the proof of its place, https://c2sp.org/tlog-proof.
type receipt struct {
	entry      []byte
	index      int64
	path       tlog.RecordProof
	checkpoint []byte
}

// checkReceipt checks a receipt by itself, then against the log, and returns the entry's index.
func (log *servedLog) checkReceipt(file string) (int64, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	receipt, err := parseReceipt(string(text))
	if err != nil {
		return 0, err
	}
	tree, err := openCheckpoint(receipt.checkpoint, log.key)
	if err != nil {
		return 0, err
	}
	hash := tlog.RecordHash(receipt.entry)
	if err := tlog.CheckRecord(receipt.path, tree.N, tree.Hash, receipt.index, hash); err != nil {
		return 0, err
	}
	if err := log.checkConsistent(tree); err != nil {
		return 0, err
	}
	if !bytes.Equal(log.entries[receipt.index], receipt.entry) {
		return 0, errors.New("the log serves another entry in its place")
	}
	return receipt.index, nil
}

func parseReceipt(text string) (*receipt, error) {
	proof, checkpoint, found := strings.Cut(text, "\n\n")
	if !found || !strings.HasPrefix(proof, header) {
		return nil, errors.New("no receipt")
	}
	lines := strings.Split(strings.TrimPrefix(proof, header), "\n")
	if len(lines) < 2 {
		return nil, errors.New("a receipt that ends too early")
	}
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[0], "extra "))
	if err != nil {
		return nil, err
	}
	commitment := sha256.Sum256(append([]byte(commitment), extra...))
	parsed := &receipt{
		entry:      append([]byte{1}, commitment[:]...),
		checkpoint: []byte(checkpoint),
	}
	if _, err := fmt.Sscanf(lines[1], "index %d", &parsed.index); err != nil {
		return nil, err
	}
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		parsed.path = append(parsed.path, hash)
	}
	return parsed, nil
}
