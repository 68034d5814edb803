// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Bundle, MAX_BUNDLE_BYTES, parseBundle } from './bundle';
import { parseObject } from './canonical';
import { parseCheckpoint } from './checkpoint';
import { EventVerification, isEvent, parseEvent } from './event';
import type { Grounds, Steps } from './grounds';
import { Heads } from './heads';
import type { Note } from './note';
import { type TlogProof, parseProof, parseProofBytes } from './proof';
import { Refusal, within } from './refusal';
import { openerFor } from './signed';
import type { Trust } from './trust';
import { type Check, FIRST_USE, LIMITS, NO_LEVEL, type Verdict, levelOf } from './verdict';
import { Verification, requireReceipt } from './verification';
import { KEY_TYPE, parseVkey } from './vkey';

/** A JSON document begins with a brace, a receipt with its name. */
export const isJson = (file: Uint8Array): boolean => file.find((byte) => byte > 0x20) === 0x7b;

/**
 * Verifies a receipt, `.tlog-proof`, of at most 128 KiB, or a proof bundle or an operator's event, JSON, of at most 640.
 *
 * @param since a checkpoint of the log that was kept earlier
 * @returns a verdict for any bytes; the first step that fails is the last that is reported
 */
export async function verifyReceipt(file: Uint8Array, trust: Trust, since?: Note): Promise<Verdict> {
  const checks: Check[] = [];
  let verification: Runner | undefined;
  let firstUse = false;
  try {
    const { what, vkey, under } = await within('parse', () => (isJson(file) ? parseWhole(file) : parseAlone(file)));
    const sent = vkey === undefined ? undefined : await within('parse', () => parseVkey(vkey, KEY_TYPE.log));
    firstUse = !!sent && trust.logs.length === 0;
    checks.push({ step: 'parse', result: 'passed', detail: what });
    const logs = firstUse ? [sent!] : trust.logs;
    verification = under({ trust, logs, open: openerFor(trust.witnesses), heads: new Heads(), ...(since && { since }) });
    await verification.run();
    checks.push(...verification.steps.checks);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    checks.push(...(verification?.steps.checks ?? []), { step: error.step, result: 'failed', detail: error.message });
  }
  const isSigned = checks.some(({ step, result }) => step === 'witnesses' && result !== 'failed');
  const level = isSigned ? levelOf(verification!.steps.cosigned, trust.witnesses.length) : NO_LEVEL;
  return { level, checks, notes: firstUse ? [FIRST_USE, LIMITS] : [LIMITS] };
}

/** One file on its way through the steps. */
interface Runner {
  readonly steps: Steps;
  run(): Promise<unknown>;
}

interface Parsed {
  what: string;
  /** The key that came with the file. */
  vkey?: string;
  under(grounds: Grounds): Runner;
}

async function parseAlone(file: Uint8Array): Promise<Parsed> {
  const receipt = await checked(parseProofBytes(file));
  return { what: 'receipt', under: (grounds) => new Verification(grounds, receipt) };
}

async function parseWhole(file: Uint8Array): Promise<Parsed> {
  const json = parseObject(file, MAX_BUNDLE_BYTES);
  if (isEvent(json)) {
    const event = parseEvent(json);
    await parseCheckpoint(event.proof.checkpoint.text);
    return { what: "operator's event", vkey: event.vkey, under: (grounds) => new EventVerification(grounds, event) };
  }
  const bundle = parseBundle(json);
  const receipt = await parseReceipt(bundle);
  return { what: 'proof bundle', vkey: bundle.vkey, under: (grounds) => new Verification(grounds, receipt, bundle) };
}

/** The receipt within a bundle. */
export const parseReceipt = (bundle: Bundle): Promise<TlogProof> => checked(parseProof(bundle.receipt));

async function checked(receipt: TlogProof): Promise<TlogProof> {
  await parseCheckpoint(receipt.checkpoint.text);
  requireReceipt(receipt);
  return receipt;
}
