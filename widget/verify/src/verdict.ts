// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Json, writeCanonical } from './canonical';
import { HEADS_KEPT } from './heads';

/** The steps of a verification in their order, formats §8; 9 is for an export as a whole. */
export const STEPS = ['parse', 'signature', 'witnesses', 'commitment', 'inclusion', 'artefact', 'rules', 'consistency', 'sequence'] as const;

export type Step = (typeof STEPS)[number];

/** `below`: valid, but fewer witnesses than the trust file demands. `skipped`: nothing there that the step could check. */
export type Result = 'passed' | 'failed' | 'below' | 'skipped';

/** What came of one step; the detail is a sentence for people. */
export interface Check {
  step: Step;
  result: Result;
  detail: string;
}

/** What a verification found. */
export interface Verdict {
  /** `operator-signed`; `witnessed k/n`; `none` if the verification did not come that far. */
  level: string;
  /** In the order of their steps, up to the first that failed. */
  checks: Check[];
  /** What else the reader must know, a sentence each. */
  notes: string[];
}

/** What each step looks at, in the auditor's words. */
export const MEANING: Record<Step, string> = {
  parse: 'The file is whole and well formed',
  signature: 'The log’s key signed the checkpoint',
  witnesses: 'Witnesses saw the checkpoint',
  commitment: 'The record fits its commitment',
  inclusion: 'The record is in the log',
  artefact: 'The wording was in the log before it',
  rules: 'The record fits the wording',
  consistency: 'The log has only grown',
  sequence: 'No record is missing',
};

/** Said with every verdict, formats §9. */
export const LIMITS = 'a proof does not show that a human clicked, that the site obeyed the choice, or that every choice was sent';
export const FIRST_USE = "trust on first use: the log's key came with the file; compare it with one from another source";
export const DRAWN = 'a sample shows nothing of the records that were not drawn; whether its seed was chosen after the checkpoint of that size was fixed is for you to know';
export const FROM_HERE_ON = 'an export does not show whether more records came before or after its own';
export const CLAIMED = "of an erased record only the statement of erasure is proven: the index of its entry is claimed, and held only against its neighbours'";
export const FORGETFUL = `more checkpoints than the first and the last ${HEADS_KEPT} are remembered: a fork between two of them may have been overlooked`;

export const NO_LEVEL = 'none';

export const levelOf = (cosigned: number, witnesses: number): string => (cosigned === 0 ? 'operator-signed' : `witnessed ${cosigned}/${witnesses}`);

export const numberOf = (step: Step): number => STEPS.indexOf(step) + 1;

/** Whether no step failed; below the demand is still valid. */
export const isOk = ({ checks }: Verdict): boolean => checks.length > 0 && checks.every((check) => check.result !== 'failed');

/** 0 valid; 1 invalid; 3 valid, but below what the trust file demands. */
export function exitCode(verdict: Verdict): 0 | 1 | 3 {
  if (!isOk(verdict)) return 1;
  return verdict.checks.some((check) => check.result === 'below') ? 3 : 0;
}

/** `{"checks":[{"detail","name","result","step"}…],"level":…,"notes":[…],"ok":…}`, canonical, without a line end. */
export function formatJson(verdict: Verdict): string {
  const checks = verdict.checks.map(
    ({ step, result, detail }): Json => new Map<string, Json>(Object.entries({ step: numberOf(step), name: step, result, detail })),
  );
  return writeCanonical(new Map<string, Json>(Object.entries({ ok: isOk(verdict), level: verdict.level, checks, notes: verdict.notes })));
}

export function formatResult(verdict: Verdict): string {
  const code = exitCode(verdict);
  if (code === 1) return 'INVALID';
  return code === 0 ? `VALID, ${verdict.level}` : `VALID, but below what the trust file demands: ${verdict.level}`;
}

/** For people: one line a step, the result, then what else to know. */
export function formatText(verdict: Verdict): string {
  const lines = verdict.checks.map(
    ({ step, result, detail }) => `${result.padEnd(7)} ${numberOf(step)} ${step.padEnd(11)} ${printable(detail)}`,
  );
  return [...lines, '', formatResult(verdict), ...verdict.notes.map((note) => `note: ${note}`), ''].join('\n');
}

/** A file may hold what would steer the terminal. */
export const printable = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
