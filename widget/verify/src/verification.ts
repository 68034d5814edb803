// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { equal, hex, utf8 } from './bytes';
import type { Bundle } from './bundle';
import { type JsonObject, MAX_DOCUMENT_BYTES, parseCanonical, writeCanonical } from './canonical';
import { type Checkpoint } from './checkpoint';
import { type Grounds, Steps } from './grounds';
import { verifyInclusion } from './inclusion';
import type { LoggedDocument } from './logged';
import { member } from './members';
import type { TlogProof } from './proof';
import { Malformed, within } from './refusal';
import { checkRules } from './rules';
import type { Signed } from './signed';
import { ENTRY, SALT_BYTES, commitment, entryLeaf } from './tree';

/** One receipt, parsed, on its way through steps 2 to 8 of formats §8. */
export class Verification {
  readonly steps: Steps;

  constructor(
    private readonly grounds: Grounds,
    private readonly receipt: TlogProof,
    private readonly bundle?: Bundle,
  ) {
    this.steps = new Steps(grounds);
  }

  /**
   * Takes the steps, one after the other, and gives the record.
   *
   * @throws Refusal at the first that fails
   */
  async run(): Promise<JsonObject> {
    const { receipt, bundle, steps } = this;
    const signed = await steps.open(receipt.checkpoint);
    const { checkpoint } = signed;
    const record = await within('commitment', () => this.commitment());
    await within('inclusion', () => this.inclusion(checkpoint));
    if (bundle) {
      const ofArtefact = await within('artefact', () => this.artefact(record, bundle.artefact, signed));
      await within('rules', () => checkRules(record, bundle.artefact.document));
      steps.end('rules', 'passed', `version ${member(record, 'number', 'policy', 'version')}`);
      this.grounds.heads.take(ofArtefact);
    } else {
      steps.end('artefact', 'skipped', 'a receipt alone: it has no artefact');
      steps.end('rules', 'skipped', 'a receipt alone: it has no artefact');
    }
    await steps.consistency(checkpoint, bundle?.consistency);
    return record;
  }

  /** 4. The record's bytes are canonical; with the salt they make the commitment that step 5 looks for. */
  private commitment(): JsonObject {
    const record = this.record();
    if (member(record, 'number', 'v') !== 1) throw new Malformed('a record of another version than 1');
    if (this.bundle && this.bundle.record !== record) throw new Malformed('the bundle shows another record');
    this.steps.end('commitment', 'passed', `record ${member(record, 'number', 'seq')} of site ${member(record, 'string', 'site')}`);
    return record;
  }

  /** Where a bundle shows the same bytes, they are canonical and need no second reading. */
  private record(): JsonObject {
    const bytes = this.receipt.extra!.subarray(SALT_BYTES);
    const shown = this.bundle?.record;
    const isShown = shown && bytes.length <= MAX_DOCUMENT_BYTES && equal(utf8(writeCanonical(shown)), bytes);
    return isShown ? shown : parseCanonical(bytes);
  }

  /** 5. Inclusion of the commitment. */
  private async inclusion({ size, root }: Checkpoint): Promise<void> {
    const leaf = await entryLeaf(ENTRY.record, await commitment(this.receipt.extra!));
    await verifyInclusion(this.receipt.index, size, leaf, this.receipt.path, root);
    this.steps.end('inclusion', 'passed', `entry ${this.receipt.index}`);
  }

  /** 6. The artefact's hash, its inclusion, and its index before the record's. */
  private async artefact(record: JsonObject, artefact: LoggedDocument, ofRecord: Signed): Promise<Checkpoint> {
    if (hex(await artefact.hash()) !== member(record, 'string', 'policy', 'sha256')) throw new Malformed('the artefact is not the one that was agreed to');
    const proof = artefact.parseProof();
    const signed = await this.grounds.open(proof.checkpoint, this.grounds.logs);
    requireSameLog(signed.checkpoint, ofRecord.checkpoint);
    await artefact.verify(ENTRY.artefact, signed.checkpoint);
    if (proof.index >= this.receipt.index) throw new Malformed('the artefact was logged after the record');
    await this.vouchFor(proof, signed, ofRecord);
    return signed.checkpoint;
  }

  /** Under a checkpoint of its own the artefact needs its own witnesses. */
  private async vouchFor(proof: TlogProof, own: Signed, ofRecord: Signed): Promise<void> {
    const same = own.checkpoint.size === ofRecord.checkpoint.size;
    const cosigned = await (same ? ofRecord : own).cosigned();
    this.steps.vouch('artefact', cosigned, `entry ${proof.index}`, `only ${cosigned.length} saw the artefact's checkpoint`);
  }
}

/** The receipt's own part of step 1: a proof with a salt, a record and a checkpoint. */
export function requireReceipt({ extra }: TlogProof): void {
  if ((extra?.length ?? 0) <= SALT_BYTES) throw new Malformed('a receipt has a salt and a record');
}

/** Two checkpoints of one log must not contradict each other, as far as two roots can. */
function requireSameLog(one: Checkpoint, other: Checkpoint): void {
  if (one.origin !== other.origin) throw new Malformed('a checkpoint of another log');
  if (one.size === other.size && !equal(one.root, other.root)) throw new Malformed('two roots for one size: the log has forked');
}
