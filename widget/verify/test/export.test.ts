// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { utf8 } from '../src/bytes';
import { verifyExport } from '../src/export';
import { linesOf } from '../src/lines';
import { parseNote } from '../src/note';
import { TRUST_NOBODY, parseTrust } from '../src/trust';
import { exitCode, numberOf } from '../src/verdict';
import { SampleLog, canonical } from './log';
import { type ExportVector, vectors } from './vectors';

const log = new SampleLog(8);
const erased = log.erase(3, 4);
const good = [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => (seq === 3 || seq === 4 ? erased[seq - 3]! : log.bundle(seq)));

/** In pieces of a few bytes, as a stream may come. */
async function* pieces(text: string, size: number) {
  const bytes = utf8(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const ndjson = (lines: object[]) => lines.map((line) => `${canonical(line)}\n`).join('');
const verdictOf = (text: string, size = 1000) => verifyExport(pieces(text, size), TRUST_NOBODY);
const faultsIn = async (text: string) => (await verdictOf(text)).checks.filter(({ result }) => result === 'failed').map((check) => [numberOf(check.step), check.detail]);

test.each(vectors<ExportVector>('exports'))('vector_failsAtItsLinesAndSteps: $desc', async ({ file, trust, since, exit, failures }) => {
  const verdict = await verifyExport(pieces(file, 10_000), trust ? await parseTrust(trust) : TRUST_NOBODY, since ? parseNote(since) : undefined);
  const failed = verdict.checks.filter(({ result }) => result === 'failed');
  expect(failed.map(({ step, detail }) => [Number(/^line (\d+): /.exec(detail)?.[1]), numberOf(step)]), failed.map(({ detail }) => detail).join()).toEqual(failures);
  expect(exitCode(verdict)).toBe(exit);
});

test('wholeExport_isValid', async () => {
  for (const text of [ndjson(good), ndjson(good).trimEnd()]) {
    const verdict = await verdictOf(text);
    expect(exitCode(verdict)).toBe(0);
    expect(verdict.level).toBe('operator-signed');
    expect(verdict.checks.map(({ step, result, detail }) => [step, result, detail])).toEqual([
      ['parse', 'passed', '6 records, 2 erased'],
      ['signature', 'passed', 'all lines'],
      ['witnesses', 'skipped', 'all lines'],
      ['commitment', 'passed', 'all lines'],
      ['inclusion', 'passed', 'all lines'],
      ['artefact', 'passed', 'all lines'],
      ['rules', 'passed', 'all lines'],
      ['consistency', 'skipped', 'all lines'],
      ['sequence', 'passed', 'site k7Q2mZ0pRb, records 1 to 8'],
    ]);
    expect(verdict.notes).toHaveLength(4);
  }
});

test('sequence_isHeld', async () => {
  const [a, b, c, ...rest] = good as [object, object, object, ...object[]];
  expect(await faultsIn(ndjson([a, c, ...rest]))).toEqual([[9, 'line 2: missing: records 2 to 2']]);
  expect(await faultsIn(ndjson([a, b, b, c, ...rest]))).toEqual([[9, 'line 3: record 2 stands twice']]);
  expect(await faultsIn(ndjson([b, a]))).toEqual([[9, 'line 2: out of order']]);
  expect(await faultsIn(ndjson([b, c]))).toEqual([]);
});

test('damagedLine_namesItselfAndItsStep', async () => {
  expect(await faultsIn('')).toEqual([[1, 'the export is empty']]);
  expect(await faultsIn(`${ndjson(good)}\n`)).toMatchObject([[1, expect.stringMatching(/^line 9: /)]]);
  const text = ndjson(good);
  expect(await faultsIn(text.replace('"language":"fr"', '"language":"de"'))).toEqual([[4, 'line 1: the bundle shows another record']]);
  expect(await faultsIn(`${ndjson(good.slice(0, 2))}${'x'.repeat(700_000)}\n${ndjson(good.slice(2))}`)).toEqual([[1, 'line 3: a document has at most 655360 bytes']]);
});

test('lineThatBeginsAsOneBefore_isReadToItsEnd', async () => {
  const line = canonical(good[1]);
  const end = line.indexOf(',"receipt"');
  const [start, rest] = [line.slice(0, end), line.slice(end)];
  const between = (text: string) => faultsIn(`${canonical(good[0])}\n${text}\n`);
  for (const bad of [start, `${start},`, `${start}}`, `${start},}`, `${start},${rest}`, line.slice(0, -1), `${start},${start.slice(1)}${rest}`, `${start},"Artefact":{}${rest}`, `${start},"more":1${rest}`, `${line}}`, start + rest.replace('proof-bundle', 'tombstone'), line + ' '.repeat(640 * 1024)]) {
    expect(await between(bad), bad.slice(-50)).toEqual([[1, expect.stringMatching(/^line 2: /)]]);
  }
  for (const well of [line, `${start} ${rest} `, ` ${line}`]) expect(await between(well)).toEqual([]);
});

test('tombstone_isHeldAgainstItsStatement', async () => {
  const faultOf = async (changed: object, of: object = erased[0]!) => (await faultsIn(ndjson([{ ...of, ...changed }])))[0]?.[0];
  expect(await faultOf({})).toBeUndefined();
  expect(await faultOf({ seq: 5 })).toBe(4);
  expect(await faultOf({ site: 'another' })).toBe(4);
  expect(await faultOf({ index: log.size })).toBe(5);
  expect(await faultOf({ more: 1 })).toBe(1);
  expect(await faultOf({ vkey: '' })).toBe(1);
  const other = new SampleLog(8);
  expect(await faultOf({}, other.erase(3, 4, { reason: 'whim' })[0])).toBe(4);
  const moved = other.erase(3, 4)[0] as { erasure: { document: object } };
  expect(await faultOf({ erasure: { ...moved.erasure, document: { ...moved.erasure.document, at: '2026-11-02T00:00:00.000Z' } } }, moved)).toBe(5);
});

test('lines_comeWholeFromAnyPieces', async () => {
  const text = 'one\n\ntwo\u00e9\nthree';
  for (const end of ['', '\n']) {
    for (let size = 1; size <= text.length + 2; size++) {
      const lines: string[] = [];
      for await (const line of linesOf(pieces(text + end, size), 100)) lines.push(new TextDecoder().decode(line));
      expect(lines).toEqual(['one', '', 'two\u00e9', 'three']);
    }
  }
});

test('longLine_isNotKept', async () => {
  for await (const line of linesOf(pieces('x'.repeat(100_000), 10), 100)) expect(line.length).toBeLessThanOrEqual(111);
});

/** As the Python of docs/formats/sample.md draws from 8 records under 40 entries by that seed. */
const DRAWN = [6, 4, 2];
const head = { type: 'assent/sample/v1', site: 'k7Q2mZ0pRb', first: 1, last: 8, size: 40, seed: 'dice é😀', count: 3, numbers: DRAWN };
const drawn = [...DRAWN].sort((one, other) => one - other).map((seq) => good[seq - 1]!);

test('sample_isDrawnAgain', async () => {
  const verdict = await verdictOf(ndjson([head, ...drawn]));
  expect(exitCode(verdict), JSON.stringify(verdict.checks)).toBe(0);
  expect(verdict.checks.at(-1)?.detail).toBe('site k7Q2mZ0pRb, 3 of records 1 to 8, drawn by the seed "dice é😀"');
  expect(verdict.notes.join()).toContain('not drawn');
});

test('sample_isHeld', async () => {
  for (const [lines, fault] of [
    [[head, ...drawn.slice(0, 2)], /missing: record/],
    [[head, ...drawn.slice(1)], /instead of record/],
    [[head, ...drawn, drawn[0]!], /not in the sample/],
    [[{ ...head, seed: 'dies' }, ...drawn], /other numbers/],
    [[{ ...head, numbers: [1, 2, 3] }, ...drawn], /other numbers/],
    [[{ ...head, count: 1001 }, ...drawn], /no sample/],
    [[{ ...head, first: 0 }, ...drawn], /no sample/],
    [[{ ...head, more: 1 }, ...drawn], /a member that/],
    [[drawn[0]!, head, ...drawn.slice(1)], /first line/],
  ] as [object[], RegExp][]) {
    expect((await faultsIn(ndjson(lines))).map(([, detail]) => detail).join(), fault.source).toMatch(fault);
  }
});
