// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { equal, hex } from './bytes';
import type { Bundle, LoggedDocument } from './bundle';
import { type JsonObject, canonicalBytes, parseCanonical, writeCanonical } from './canonical';
import { type Checkpoint } from './checkpoint';
import { verifyConsistency } from './consistency';
import { sha256 } from './digest';
import { verifyInclusion } from './inclusion';
import { member } from './members';
import type { Note } from './note';
import { type TlogProof, parseProof } from './proof';
import { Malformed, Refusal, within } from './refusal';
import { checkRules } from './rules';
import type { Opener, Signed } from './signed';
import { ENTRY, SALT_BYTES, commitment, entryLeaf } from './tree';
import type { Trust } from './trust';
import type { Check, Result, Step } from './verdict';
import type { Key } from './vkey';

/** What a verification goes by. */
export interface Grounds {
  trust: Trust;
  /** The keys to hold checkpoints against: those of the trust file, or the one on first use. */
  logs: Key[];
  open: Opener;
  /** A checkpoint that was kept earlier. */
  since?: Note;
}

/** One receipt, parsed, on its way through steps 2 to 8 of formats §8. */
export class Verification {
  readonly checks: Check[] = [];
  /** How many witnesses vouch for all that was checked. */
  cosigned = 0;

  constructor(
    private readonly grounds: Grounds,
    private readonly receipt: TlogProof,
    private readonly bundle?: Bundle,
  ) {}

  /**
   * Takes the steps, one after the other, and gives the record.
   *
   * @throws Refusal at the first that fails
   */
  async run(): Promise<JsonObject> {
    const { receipt, bundle } = this;
    const signed = await this.grounds.open(receipt.checkpoint, this.grounds.logs);
    const { checkpoint } = signed;
    this.end('signature', 'passed', `${checkpoint.origin}, ${checkpoint.size} entries`);
    await this.witnesses(signed);
    const record = await within('commitment', () => this.commitment());
    await within('inclusion', () => this.inclusion(checkpoint));
    if (bundle) {
      await within('artefact', () => this.artefact(record, bundle.artefact, signed));
      await within('rules', () => checkRules(record, bundle.artefact.document));
      this.end('rules', 'passed', `version ${member(record, 'number', 'policy', 'version')}`);
    } else {
      this.end('artefact', 'skipped', 'a receipt alone: it has no artefact');
      this.end('rules', 'skipped', 'a receipt alone: it has no artefact');
    }
    await within('consistency', () => this.consistency(checkpoint));
    return record;
  }

  /** 3. Witness cosignatures and quorum, if the trust file asks for them. */
  private async witnesses(signed: Signed): Promise<void> {
    const { witnesses, quorum } = this.grounds.trust;
    const cosigned = await signed.cosigned();
    this.cosigned = cosigned.length;
    if (witnesses.length === 0) this.end('witnesses', 'skipped', 'no trust file names witnesses');
    else if (quorum(cosigned)) this.end('witnesses', 'passed', `${cosigned.length} of ${witnesses.length}`);
    else this.end('witnesses', 'below', `only ${cosigned.length} of ${witnesses.length}`);
  }

  /** 4. The record's bytes are canonical; with the salt they make the commitment that step 5 looks for. */
  private commitment(): JsonObject {
    const record = parseCanonical(this.receipt.extra!.subarray(SALT_BYTES));
    if (member(record, 'number', 'v') !== 1) throw new Malformed('a record of another version than 1');
    if (this.bundle && writeCanonical(this.bundle.record) !== writeCanonical(record)) throw new Malformed('the bundle shows another record');
    this.end('commitment', 'passed', `record ${member(record, 'number', 'seq')} of site ${member(record, 'string', 'site')}`);
    return record;
  }

  /** 5. Inclusion of the commitment. */
  private async inclusion({ size, root }: Checkpoint): Promise<void> {
    const leaf = await entryLeaf(ENTRY.record, await commitment(this.receipt.extra!));
    await verifyInclusion(this.receipt.index, size, leaf, this.receipt.path, root);
    this.end('inclusion', 'passed', `entry ${this.receipt.index}`);
  }

  /** 6. The artefact's hash, its inclusion, and its index before the record's. */
  private async artefact(record: JsonObject, artefact: LoggedDocument, ofRecord: Signed): Promise<void> {
    const hash = await sha256(canonicalBytes(artefact.document));
    if (hex(hash) !== member(record, 'string', 'policy', 'sha256')) throw new Malformed('the artefact is not the one that was agreed to');
    const proof = parseProof(artefact.proof);
    const signed = await this.grounds.open(proof.checkpoint, this.grounds.logs);
    requireSameLog(signed.checkpoint, ofRecord.checkpoint);
    await verifyInclusion(proof.index, signed.checkpoint.size, await entryLeaf(ENTRY.artefact, hash), proof.path, signed.checkpoint.root);
    if (proof.index >= this.receipt.index) throw new Malformed('the artefact was logged after the record');
    await this.vouchFor(proof, signed, ofRecord);
  }

  /** Under a checkpoint of its own the artefact needs its own witnesses. */
  private async vouchFor(proof: TlogProof, own: Signed, ofRecord: Signed): Promise<void> {
    const same = own.checkpoint.size === ofRecord.checkpoint.size;
    const cosigned = await (same ? ofRecord : own).cosigned();
    this.cosigned = Math.min(this.cosigned, cosigned.length);
    if (this.grounds.trust.quorum(cosigned)) this.end('artefact', 'passed', `entry ${proof.index}`);
    else this.end('artefact', 'below', `only ${cosigned.length} saw the artefact's checkpoint`);
  }

  /** 8. Consistency with a checkpoint kept earlier, whichever of the two is the larger. */
  private async consistency(checkpoint: Checkpoint): Promise<void> {
    const { since, logs, open } = this.grounds;
    if (!since) return this.end('consistency', 'skipped', 'no checkpoint kept earlier was given');
    const kept = (await open(since, logs)).checkpoint;
    requireSameOrigin(kept, checkpoint);
    const [first, second] = kept.size <= checkpoint.size ? [kept, checkpoint] : [checkpoint, kept];
    await verifyConsistency(first, second, this.pathBetween(first.size, second.size));
    this.end('consistency', 'passed', `from ${first.size} to ${second.size} entries`);
  }

  private pathBetween(first: bigint, second: bigint): Uint8Array[] {
    if (first === 0n || first === second) return [];
    if (this.bundle?.consistency?.first === first) return this.bundle.consistency.path;
    throw new Malformed(`the file has no proof from size ${first} to ${second}`);
  }

  private end(step: Step, result: Result, detail: string): void {
    this.checks.push({ step, result, detail });
  }
}

/** The receipt's own part of step 1: a proof with a salt, a record and a checkpoint. */
export function requireReceipt({ extra }: TlogProof): void {
  if ((extra?.length ?? 0) <= SALT_BYTES) throw new Malformed('a receipt has a salt and a record');
}

/** Two checkpoints of one log must not contradict each other, as far as two roots can. */
function requireSameLog(one: Checkpoint, other: Checkpoint): void {
  requireSameOrigin(one, other);
  if (one.size === other.size && !equal(one.root, other.root)) throw new Refusal('artefact', 'two roots for one size: the log has forked');
}

function requireSameOrigin(one: Checkpoint, other: Checkpoint): void {
  if (one.origin !== other.origin) throw new Malformed('a checkpoint of another log');
}
