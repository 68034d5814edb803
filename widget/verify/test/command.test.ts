// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { run } from '../src/command';
import { ORIGIN, SampleLog, canonical, signer } from './log';
import { receiptVector } from './vectors';

const folder = mkdtempSync(join(tmpdir(), 'assent-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { file: receipt, vkey } = receiptVector('receipt');
const written = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

async function verify(...words: string[]) {
  let [out, err] = ['', ''];
  const code = await run(words, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

test('exitCode_isThatOfTheVerdict', async () => {
  const log = new SampleLog(3);
  const witness = log.witnesses[0]!.vkey;
  const trust = written('trust', `log ${log.key.vkey}\nwitness w ${witness}\nquorum w\n`);
  const bundle = written('bundle.json', canonical(log.bundle(2, { since: 2 })));
  expect(await verify(bundle)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('trust on first use') });
  expect(await verify(bundle, '--vkey', log.key.vkey)).toMatchObject({ code: 0, out: expect.not.stringContaining('first use') });
  expect(await verify(bundle, '--vkey', signer(ORIGIN, 8, 1).vkey)).toMatchObject({ code: 1, out: expect.stringContaining('failed  2 signature') });
  expect(await verify(bundle, '--trust', trust)).toMatchObject({ code: 3, out: expect.stringContaining('below what the trust file demands') });
  expect(await verify(bundle, '--since', written('since', log.checkpoint(2)))).toMatchObject({ code: 0, out: expect.stringContaining('from 2 to 4 entries') });
  const { out } = await verify(bundle, '--json');
  expect(JSON.parse(out)).toMatchObject({ ok: true, level: 'operator-signed', checks: expect.arrayContaining([{ step: 5, name: 'inclusion', result: 'passed', detail: 'entry 2' }]) });
});

test('usage_isCode2', async () => {
  const file = written('receipt.tlog-proof', receipt);
  for (const words of [[], [file], [file, file], [file, '--vkey'], [file, '--vkey', 'x'], ['--since', join(folder, 'none'), file], [file, '--more'], [join(folder, 'none'), '--vkey', vkey], [folder, '--vkey', vkey]]) {
    expect(await verify(...words), words.join(' ')).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^verify: /) });
  }
  expect(await verify('--help')).toMatchObject({ code: 0, err: '' });
});

test('archive_isToBeUnpacked', async () => {
  for (const words of [[], ['--vkey', vkey]]) {
    expect(await verify(written('pack.zip', 'PK\x03\x04\x14\0\0\0'), ...words)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^verify: This is a ZIP archive. Unpack it, and give the file records.ndjson in it.\n$/) });
  }
});

test('fileOfSeveralLines_isAnExport', async () => {
  const log = new SampleLog(3);
  const text = [1, 2, 3].map((seq) => `${canonical(log.bundle(seq))}\n`).join('');
  expect((await verify(written('export', text))).out).toContain('passed  9 sequence    site k7Q2mZ0pRb, records 1 to 3');
  expect((await verify(written('one.ndjson', `${canonical(log.bundle(2))}\n`))).out).toMatch(/1 record, 0 erased[^]*site k7Q2mZ0pRb, record 2$/m);
});

test('progress_isToldOnceASecondAndNotWithJson', async () => {
  const log = new SampleLog(2);
  const file = written('two.ndjson', [1, 2].map((seq) => `${canonical(log.bundle(seq))}\n`).join(''));
  const errOf = async (terminal: boolean, ...words: string[]) => {
    let [err, time] = ['', 0];
    expect(await run([file, ...words], { out: () => {}, err: (text) => (err += text), terminal, now: () => (time += 600) })).toBe(0);
    return err;
  };
  expect(await errOf(false)).toBe('verify: 2 lines, 1 a second\n');
  expect(await errOf(true)).toBe('\rverify: 2 lines, 1 a second\x1b[K\r\x1b[K');
  expect(await errOf(true, '--json')).toBe('');
});

test('builtCommand_runs', () => {
  const command = new URL('../../dist/verify.mjs', import.meta.url).pathname;
  const file = written('receipt.tlog-proof', receipt);
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, file, '--vkey', vkey], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('VALID, operator-signed');
  expect(execFileSync(process.execPath, [command, '--help'], { encoding: 'utf8' })).toMatch(/^verify FILE/);
});
