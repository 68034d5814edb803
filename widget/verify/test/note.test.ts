// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeBase64 } from '../src/bytes';
import { parseCheckpoint } from '../src/checkpoint';
import { parseNote, signersOf } from '../src/note';
import { KEY_TYPE, parseVkey } from '../src/vkey';

const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const LINE = '\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
const NOTE = `This is an example message.\n\n${LINE}`;
const signers = async (note: string, ...vkeys: string[]) => {
  const known = await Promise.all(vkeys.map((vkey) => parseVkey(vkey, KEY_TYPE.log)));
  return (await signersOf(parseNote(note), known)).map(({ name }) => name);
};

test('specificationsNote_isVerified', async () => expect(await signers(NOTE, VKEY)).toEqual(['example.com/foo']));

test('goldenCheckpoint_isVerified', async () => {
  const origin = 'example.com/log/testdata';
  const signature = 'M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=';
  const note = `${origin}\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n\n\u2014 ${origin} ${signature}\n`;
  expect((await parseCheckpoint(parseNote(note).text)).size).toBe(15n);
  // The page of formats gives the secret key; its public half comes from there.
  const seed = Buffer.from('AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg', 'base64').subarray(1);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({ format: 'der', type: 'spki' }).subarray(-32);
  const vkey = `${origin}+33d7b496+${Buffer.concat([Buffer.from([1]), publicKey]).toString('base64')}`;
  expect(await signers(note, vkey)).toEqual([origin]);
});

test('unknownKeys_arePassedOver', async () => {
  expect(await signers(NOTE)).toEqual([]);
  expect(await signers(`${NOTE}\u2014 witness.example AAAAAAA=\n${LINE}`, VKEY)).toEqual(['example.com/foo']);
  expect(await signers(NOTE + '\u2014 a AAAAAAA=\n'.repeat(63), VKEY)).toEqual(['example.com/foo']);
});

test('knownKeysFalseSignature_refusesTheNote', async () => {
  await expect(signers(NOTE.replace('This', 'Thus'), VKEY)).rejects.toThrow('false');
  await expect(signers(`${NOTE}${LINE.replace('Ineya', 'Ineyb')}`, VKEY)).rejects.toThrow('false');
  await expect(signers(`${NOTE}\u2014 example.com/foo Uw2QOgA=\n`, VKEY)).rejects.toThrow('false');
});

test.each([
  ['nothing', ''],
  ['no blank line', NOTE.replace('\n\n', '\n')],
  ['no signature', 'text\n\n'],
  ['no line end', NOTE.slice(0, -1)],
  ['a hyphen', NOTE.replace('\u2014', '-')],
  ['a tab', NOTE.replace('is an', 'is\tan')],
  ['a name with plus', NOTE.replace('foo ', 'f+o ')],
  ['no-break space in a name', NOTE.replace('foo ', 'f\u00a0o ')],
  ['stray bits', NOTE.replace('aQM=', 'aQN=')],
  ['an id alone', NOTE + '\u2014 a AAAAAA==\n'],
  ['65 signatures', NOTE + '\u2014 a AAAAAAA=\n'.repeat(64)],
])('malformedNote_isRefused: %s', (_, note) => expect(() => parseNote(note)).toThrow());

test.each([
  ['another id', VKEY.replace('530d903a', '530d903b')],
  ['capitals', VKEY.replace('530d903a', '530D903A')],
  ['another name', VKEY.replace('foo', 'fox')],
  ['no name', VKEY.replace('example.com/foo', '')],
  ['short', VKEY.slice(0, -4)],
  ['no padding', `${VKEY.slice(0, -2)}`],
  ['white space', ` ${VKEY}`],
])('malformedVkey_isRefused: %s', (_, vkey) => expect(parseVkey(vkey, KEY_TYPE.log)).rejects.toThrow());

test('vkeyOfAnotherType_isRefused', () => expect(parseVkey(VKEY, KEY_TYPE.witness)).rejects.toThrow('witness'));

test('base64_hasOneSpelling', () => {
  for (let length = 0; length < 6; length++) {
    const text = Buffer.alloc(length, 0xfb).toString('base64');
    expect(Buffer.from(decodeBase64(text)).toString('base64')).toBe(text);
  }
  expect(decodeBase64('A'.repeat(1 << 20)).length).toBe(3 << 18);
  for (const text of ['A', 'AA', 'AAA', '=', '==', 'A===', 'AB==', 'AAB=', 'AA=A', 'AA==AAAA', 'AA==\n', ' AA==', 'AAAA=', '-_==', 'A\u0410==']) {
    expect(() => decodeBase64(text), text).toThrow();
  }
});
