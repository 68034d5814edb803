// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { utf8 } from '../src/bytes';
import { verifyReceipt } from '../src/receipt';
import { TRUST_NOBODY } from '../src/trust';
import { FIRST_USE, isOk, numberOf } from '../src/verdict';
import { SampleLog, canonical } from './log';

const did = { v: 1, number: 17, action: 'role-changed', subject: 'a \u202e <b>, 😀', who: { operator: '3', name: 'Olive', email: 'olive@example.com' }, at: '2026-11-22T10:00:00.000Z' };
const verify = (file: unknown) => verifyReceipt(utf8(canonical(file)), TRUST_NOBODY);

test('operatorsEvent_isVerified', async () => {
  const verdict = await verify(new SampleLog(4).event(did));
  expect(isOk(verdict)).toBe(true);
  expect(verdict.notes).toContain(FIRST_USE);
  expect(verdict.checks.map(({ step, detail }) => `${numberOf(step)} ${detail}`)).toEqual([
    "1 operator's event",
    '2 example.com/log/testdata, 6 entries',
    '3 no trust file names witnesses',
    '4 event 17, role-changed',
    '5 entry 5',
    "6 an operator's event: it has no artefact",
    "7 an operator's event: it has no artefact",
    '8 no checkpoint kept earlier was given',
  ]);
});

test.each([
  ['another subject', 4, (file: any) => (file.event = { ...file.event, subject: 'x' })],
  ['another moment', 4, (file: any) => (file.event = { ...file.event, at: '2026-11-22T10:00:00.001Z' })],
  ['another salt', 4, (file: any) => (file.salt = Buffer.alloc(32, 6).toString('base64'))],
  ['a short salt', 1, (file: any) => (file.salt = 'AAAA')],
  ['one member more', 1, (file: any) => (file.more = 1)],
  ['another statement', 4, (file: any) => (file.entry = { ...file.entry, document: { ...file.entry.document, event: 'log-opened' } })],
  ['a record\'s proof', 5, (file: any) => (file.entry = { ...file.entry, proof: file.entry.proof.replace('index 5', 'index 4') })],
])('%s_isRefused', async (_, step, change) => {
  const file = new SampleLog(4).event(did);
  change(file);
  const failed = (await verify(file)).checks.filter(({ result }) => result === 'failed');
  expect(failed.map((check) => numberOf(check.step))).toEqual([step]);
});
