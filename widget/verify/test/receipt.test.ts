// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { utf8 } from '../src/bytes';
import { verifyReceipt } from '../src/receipt';
import { TRUST_NOBODY, parseTrust, withLog } from '../src/trust';
import { FIRST_USE, LIMITS, formatJson, formatText, isOk, numberOf } from '../src/verdict';
import { KEY_TYPE, parseVkey } from '../src/vkey';
import { type ReceiptVector, receiptVector, vectors } from './vectors';

const trustIn = async (vkey: string) => withLog(TRUST_NOBODY, await parseVkey(vkey, KEY_TYPE.log));
const all = vectors<ReceiptVector>('receipts');

test.each(all)('vector_failsAtItsStep: $desc ($step)', async ({ file, vkey, trust, step }) => {
  const { checks } = await verifyReceipt(utf8(file), trust ? await parseTrust(trust) : await trustIn(vkey));
  expect(checks.filter(({ result }) => result === 'failed').map((check) => numberOf(check.step))).toEqual(step === 0 ? [] : [step]);
  expect(checks.map((check) => numberOf(check.step))).toEqual([1, 2, 3, 4, 5, 6, 7, 8].slice(0, step || 8));
});

test('bundle_saysWhatTheFirstVerifierSays', async () => {
  const { file, vkey } = receiptVector('bundle');
  const verdict = await verifyReceipt(utf8(file), await trustIn(vkey));
  expect(verdict.level).toBe('operator-signed');
  expect(formatText(verdict)).toBe(`\
passed  1 parse       proof bundle
passed  2 signature   example.com/log/testdata, 13 entries
skipped 3 witnesses   no trust file names witnesses
passed  4 commitment  record 48213 of site k7Q2mZ0pRb
passed  5 inclusion   entry 6
passed  6 artefact    entry 3
passed  7 rules       version 12
skipped 8 consistency no checkpoint kept earlier was given

VALID, operator-signed
note: ${LIMITS}
`);
  const json = formatJson(verdict);
  expect(json).toMatch(/^\{"checks":\[\{"detail":"proof bundle","name":"parse","result":"passed","step":1\},/);
  expect(json).toMatch(/\],"level":"operator-signed","notes":\["[^"]+"\],"ok":true\}$/);
});

test('bundlesOwnKey_isTrustOnFirstUse', async () => {
  const verdict = await verifyReceipt(utf8(receiptVector('bundle').file), TRUST_NOBODY);
  expect(isOk(verdict)).toBe(true);
  expect(verdict.notes).toEqual([FIRST_USE, LIMITS]);
});

test('eachByteChanged_isRefused', async () => {
  const { file, vkey } = receiptVector('receipt');
  const trust = await trustIn(vkey);
  const bytes = utf8(file);
  for (let i = 0; i < bytes.length; i++) {
    for (const mask of [0x01, 0x20, 0x80]) {
      const damaged = bytes.slice();
      damaged[i]! ^= mask;
      expect([i, mask, isOk(await verifyReceipt(damaged, trust))]).toEqual([i, mask, false]);
    }
  }
});

test('eachBeginning_isRefused', async () => {
  for (const { file, vkey } of [receiptVector('receipt'), receiptVector('bundle')]) {
    const trust = await trustIn(vkey);
    for (let length = 0; length < file.length; length++) {
      expect([length, isOk(await verifyReceipt(utf8(file.slice(0, length)), trust))]).toEqual([length, false]);
    }
  }
});

test('tenMegabytes_areRefusedAtStep1', async () => {
  const { vkey } = receiptVector('receipt');
  for (const first of ['{', 'c']) {
    const garbage = new Uint8Array(10_000_000).fill(0x61);
    garbage[0] = first.charCodeAt(0);
    const { checks } = await verifyReceipt(garbage, await trustIn(vkey));
    expect(checks).toMatchObject([{ step: 'parse', result: 'failed' }]);
  }
});
