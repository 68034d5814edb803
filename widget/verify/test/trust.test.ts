// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { utf8 } from '../src/bytes';
import { parseNote } from '../src/note';
import { verifyReceipt } from '../src/receipt';
import { TRUST_NOBODY, parseTrust } from '../src/trust';
import { exitCode } from '../src/verdict';
import { SampleLog, canonical, signer } from './log';

const log = new SampleLog(5);
const [one, two] = log.witnesses as [ReturnType<typeof signer>, ReturnType<typeof signer>];
const file = (quorum: string) => `# ours\nlog ${log.key.vkey} https://example.com\n\nwitness one ${one.vkey}\nwitness\ttwo ${two.vkey}\ngroup both all one two\n${quorum}\n`;

async function cosigned(count: number, quorum: string, damage = (text: string) => text) {
  const bundle = log.bundle(3, { checkpoint: damage(log.checkpoint(log.size, count)) });
  const verdict = await verifyReceipt(utf8(canonical(bundle)), await parseTrust(file(quorum)));
  return [exitCode(verdict), verdict.level, verdict.checks.find(({ step }) => step === 'witnesses')!.detail];
}

test('quorum_isMet', async () => {
  expect(await cosigned(2, 'quorum both')).toEqual([0, 'witnessed 2/2', '2 of 2']);
  expect(await cosigned(1, 'quorum one')).toEqual([0, 'witnessed 1/2', '1 of 2']);
  expect(await cosigned(0, 'quorum none')).toEqual([0, 'operator-signed', '0 of 2']);
});

test('quorum_isNotMet', async () => {
  expect(await cosigned(1, 'quorum both')).toEqual([3, 'witnessed 1/2', 'only 1 of 2']);
  expect(await cosigned(0, 'quorum one')).toEqual([3, 'operator-signed', 'only 0 of 2']);
});

test('falseCosignature_isRefused', async () => {
  const verdict = await cosigned(2, 'quorum none', (text) => text.replace(/(witness\.two \S{20})(.)/, (_, start, char) => start + (char === 'A' ? 'B' : 'A')));
  expect(verdict).toEqual([1, 'none', 'the signature of witness.two is false']);
});

test.each([
  ['no quorum', ''],
  ['two quorums', 'quorum one\nquorum two'],
  ['unknown name', 'quorum three'],
  ['too many needed', 'group g 3 one two\nquorum g'],
  ['none needed', 'group g 0 one\nquorum g'],
  ['a member of two groups', 'group g any one\nquorum g'],
  ['a name twice', `group one any two\nquorum one`],
  ['a key twice', `witness again ${one.vkey}\nquorum one`],
  ['a witness as a log', `log ${one.vkey}\nquorum one`],
  ['a log as a witness', `witness w ${log.key.vkey}\nquorum one`],
  ['unknown word', 'trust me\nquorum one'],
  ['carriage return', 'quorum one\r'],
])('malformedFile_isRefused: %s', (_, rest) => expect(parseTrust(file(rest))).rejects.toThrow());

test('keptCheckpoint_isAPastOfTheLog', async () => {
  const verdictSince = async (size: number, since: string, checkpoint = log.checkpoint()) => {
    const { checks } = await verifyReceipt(utf8(canonical(log.bundle(3, { since: size, checkpoint }))), TRUST_NOBODY, parseNote(since));
    return checks[7];
  };
  for (let size = 1; size <= log.size; size++) {
    expect(await verdictSince(size, log.checkpoint(size))).toMatchObject({ result: 'passed', detail: `from ${size} to ${log.size} entries` });
  }
  expect(await verdictSince(0, log.checkpoint(0))).toMatchObject({ result: 'passed' });
  expect(await verdictSince(2, log.checkpoint(3))).toMatchObject({ result: 'failed', detail: 'the file has no proof from size 3 to 6; fetch the bundle or export again with ?since=3' });
  const fork = new SampleLog(2);
  fork.erase(1, 1);
  expect(await verdictSince(4, fork.checkpoint(4))).toMatchObject({ step: 'consistency', result: 'failed' });
  expect(await verdictSince(4, log.checkpoint(4).replace('\n4\n', '\n5\n'))).toMatchObject({ step: 'consistency', result: 'failed' });
});

test('laterKeptCheckpoint_needsABundleFetchedAnew', async () => {
  const growing = new SampleLog(3);
  const before = growing.bundle(3);
  growing.erase(1, 1);
  const { checks } = await verifyReceipt(utf8(canonical(before)), TRUST_NOBODY, parseNote(growing.checkpoint()));
  expect(checks[7]).toMatchObject({ result: 'failed', detail: 'the file has no proof from size 4 to 5; fetch the bundle or export again with ?since=5' });
});
