// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, concat, utf8 } from './bytes';
import { sha256 } from './digest';

/** The kinds of log entry, formats §4; the number is the entry's first byte. */
export const ENTRY = { record: 1, artefact: 2, erasure: 3, event: 4 } as const;

export const SALT_BYTES = 32;

const RECORD_PREFIX = utf8('assent/consent-record/v1\n');
const EVENT_PREFIX = utf8('assent/operator-event/v1\n');
const LEAF = new Uint8Array([0]);
const NODE = new Uint8Array([1]);

/** SHA-256(0x00 ‖ entry), RFC 9162 §2.1.1. */
export const leafHash = (entry: Uint8Array): Promise<Bytes> => sha256(LEAF, entry);

/** SHA-256(0x01 ‖ left ‖ right), RFC 9162 §2.1.1. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(NODE, left, right);

/** The root of a tree without leaves. */
export const emptyRoot = (): Promise<Bytes> => sha256();

/** The leaf of an entry of this kind whose payload is a hash of 32 bytes. */
export const entryLeaf = (kind: number, payload: Uint8Array): Promise<Bytes> => leafHash(concat(new Uint8Array([kind]), payload));

/** SHA-256("assent/consent-record/v1\n" ‖ extra); extra is salt ‖ canonical record, as in a receipt. */
export const commitment = (extra: Uint8Array): Promise<Bytes> => sha256(RECORD_PREFIX, extra);

/** SHA-256("assent/operator-event/v1\n" ‖ salt ‖ canonical event). */
export const eventCommitment = (salt: Uint8Array, event: Uint8Array): Promise<Bytes> => sha256(EVENT_PREFIX, salt, event);
