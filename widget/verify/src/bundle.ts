// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Bytes } from './bytes';
import { type JsonObject, MAX_ARTEFACT_BYTES, MAX_DOCUMENT_BYTES } from './canonical';
import { LoggedDocument } from './logged';
import { find, member, requireOnly } from './members';
import { MAX_PROOF_BYTES } from './proof';
import { Malformed } from './refusal';
import { parseHash } from './strict';

/** The path from a tree of `first` entries to that of a checkpoint; at most 128 hashes. */
export interface Consistency {
  first: bigint;
  path: Bytes[];
}

/** A receipt and all that is needed to understand it, formats §7. */
export interface Bundle {
  record: JsonObject;
  /** A tlog-proof whose extra is salt ‖ record. */
  receipt: string;
  artefact: LoggedDocument;
  /** The log's key; trusting it is trust on first use. */
  vkey: string;
  /** Of the receipt's checkpoint, where one was asked for. */
  consistency?: Consistency;
}

/** What stands in an export for a record that was erased. */
export interface Tombstone {
  site: string;
  /** The record's number within the site, from 1. */
  seq: number;
  /** Of the record's entry in the log. Only claimed: what could prove it is gone. */
  index: bigint;
  erasure: LoggedDocument;
  vkey: string;
  /** Of the checkpoint in the proof, where one was asked for. */
  consistency?: Consistency;
}

/** The most bytes in a bundle, or in a line of an export: an artefact's, and as many as in a receipt. */
export const MAX_BUNDLE_BYTES = MAX_ARTEFACT_BYTES + MAX_PROOF_BYTES;

const BUNDLE = 'assent/proof-bundle/v1';
const TOMBSTONE = 'assent/tombstone/v1';

export const isTombstone = (json: JsonObject): boolean => member(json, 'string', 'type') === TOMBSTONE;

/** @throws Malformed */
export function parseBundle(json: JsonObject): Bundle {
  requireOnly(json, 'type', 'record', 'receipt', 'artefact', 'vkey', 'consistency');
  return bundleOf(json, LoggedDocument.parse(member(json, 'object', 'artefact'), MAX_ARTEFACT_BYTES));
}

/** Reads the members of a bundle beside its artefact, which is read already. @throws Malformed */
export function withArtefact(others: JsonObject, artefact: LoggedDocument): Bundle {
  requireOnly(others, 'type', 'record', 'receipt', 'vkey', 'consistency');
  return bundleOf(others, artefact);
}

function bundleOf(json: JsonObject, artefact: LoggedDocument): Bundle {
  if (member(json, 'string', 'type') !== BUNDLE) throw new Malformed(`/type: expected ${BUNDLE}`);
  return {
    record: member(json, 'object', 'record'),
    receipt: member(json, 'string', 'receipt'),
    artefact,
    vkey: member(json, 'string', 'vkey'),
    ...findConsistency(json),
  };
}

/** @throws Malformed */
export function parseTombstone(json: JsonObject): Tombstone {
  requireOnly(json, 'type', 'site', 'seq', 'index', 'erasure', 'vkey', 'consistency');
  const [seq, index] = [member(json, 'number', 'seq'), member(json, 'number', 'index')];
  if (seq < 1 || index < 0) throw new Malformed("a record's number is from 1, an index from 0");
  return {
    site: member(json, 'string', 'site'),
    seq,
    index: BigInt(index),
    erasure: LoggedDocument.parse(member(json, 'object', 'erasure'), MAX_DOCUMENT_BYTES),
    vkey: member(json, 'string', 'vkey'),
    ...findConsistency(json),
  };
}

function findConsistency(json: JsonObject): { consistency?: Consistency } {
  return find(json, 'consistency') === undefined ? {} : { consistency: parseConsistency(member(json, 'object', 'consistency')) };
}

function parseConsistency(json: JsonObject): Consistency {
  requireOnly(json, 'first', 'path');
  const first = member(json, 'number', 'first');
  const path = member(json, 'array', 'path');
  if (first < 0 || path.length > 128) throw new Malformed('/consistency: not a size and a path');
  return { first: BigInt(first), path: path.map((hash) => parseHash(typeof hash === 'string' ? hash : '')) };
}
