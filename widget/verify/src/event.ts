// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bytes, decodeBase64, hex } from './bytes';
import { type JsonObject, MAX_DOCUMENT_BYTES, canonicalBytes, writeCanonical } from './canonical';
import { type Grounds, Steps } from './grounds';
import { LoggedDocument } from './logged';
import { find, member, requireOnly } from './members';
import type { TlogProof } from './proof';
import { Malformed, within } from './refusal';

import { ENTRY, SALT_BYTES, eventCommitment } from './tree';

const EVENT = 'assent/operator-event/v1';
const NO_ARTEFACT = "an operator's event: it has no artefact";

/** What an operator did, with its salt and the statement in the log that commits to it. */
export interface LoggedEvent {
  event: JsonObject;
  salt: Bytes;
  entry: LoggedDocument;
  proof: TlogProof;
  vkey: string;
}

export const isEvent = (json: JsonObject): boolean => find(json, 'type') === EVENT;

/** @throws Malformed */
export function parseEvent(json: JsonObject): LoggedEvent {
  requireOnly(json, 'type', 'event', 'salt', 'entry', 'vkey');
  const entry = LoggedDocument.parse(member(json, 'object', 'entry'), MAX_DOCUMENT_BYTES);
  const salt = decodeBase64(member(json, 'string', 'salt'));
  if (salt.length !== SALT_BYTES) throw new Malformed('/salt: expected 32 bytes in base64');
  return { event: member(json, 'object', 'event'), salt, entry, proof: entry.parseProof(), vkey: member(json, 'string', 'vkey') };
}

/** Takes an operator's event through the steps that concern it, 2 to 5 and 8. */
export class EventVerification {
  readonly steps: Steps;

  constructor(
    grounds: Grounds,
    private readonly file: LoggedEvent,
  ) {
    this.steps = new Steps(grounds);
  }

  async run(): Promise<void> {
    const { file, steps } = this;
    const { checkpoint } = await steps.open(file.proof.checkpoint);
    await within('commitment', () => this.commitment());
    await within('inclusion', () => file.entry.verify(ENTRY.event, checkpoint));
    steps.end('inclusion', 'passed', `entry ${file.proof.index}`);
    steps.end('artefact', 'skipped', NO_ARTEFACT);
    steps.end('rules', 'skipped', NO_ARTEFACT);
    await steps.consistency(checkpoint);
  }

  /** 4. The statement must be the one that commits to this very event. */
  private async commitment(): Promise<void> {
    const { event, salt, entry } = this.file;
    const commitment = hex(await eventCommitment(salt, canonicalBytes(event, MAX_DOCUMENT_BYTES)));
    const statement = new Map<string, unknown>([['at', member(event, 'string', 'at')], ['commitment', commitment], ['event', 'operator'], ['v', 1]]) as JsonObject;
    if (writeCanonical(statement) !== writeCanonical(entry.document)) throw new Malformed('the statement commits to another event');
    this.steps.end('commitment', 'passed', `event ${member(event, 'number', 'number')}, ${member(event, 'string', 'action')}`);
  }
}
