// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The verifier's own rules: it asks nobody, and shares no code with what it verifies.

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const sources = (folder: string) =>
  Object.fromEntries(
    readdirSync(new URL(`../${folder}/`, import.meta.url))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file.slice(0, -3), readFileSync(new URL(`../${folder}/${file}`, import.meta.url), 'utf8')]),
  );
const src = sources('src');
const page = sources('page');
const users = (files: Record<string, string>, word: RegExp) => Object.keys(files).filter((name) => word.test(files[name]!.replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*$/gm, '')));
const imports = (text: string) => [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from!);

// A message may tell people to fetch the bundle.
test('network_nowhere', () => expect(users({ ...src, ...page }, /\b(fetch(?! the bundle)|XMLHttpRequest|sendBeacon|WebSocket|EventSource)\b|node:(http|net|tls|dns)/)).toEqual([]));

test('markup_nowhere', () => expect(users(page, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/)).toEqual([]));

test('looseParser_nowhere', () => expect(users({ ...src, ...page }, /JSON\.parse\b/)).toEqual([]));

test('node_onlyInTheCommand', () => expect(users(src, /from 'node:|\bprocess\./)).toEqual(['command', 'node']));

test('document_onlyInThePage', () => expect(users(src, /\b(document|window)\./)).toEqual([]));

test('signatures_onlyInEd25519', () => expect(users(src, /subtle\.verify/)).toEqual(['ed25519']));

test('verifier_importsNothingButItself', () => {
  for (const [name, text] of Object.entries(src)) expect([name, imports(text).filter((from) => !/^(\.\/\w+|node:fs(\/promises)?)$/.test(from))]).toEqual([name, []]);
  for (const [name, text] of Object.entries(page)) expect([name, imports(text).filter((from) => !/^(\.\/|\.\.\/src\/)\w+$/.test(from))]).toEqual([name, []]);
});
