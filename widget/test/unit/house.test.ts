// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The widget's own rules: what may stand in which file. They keep the code honest, and small.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const sources = Object.fromEntries(
  ['', 'details/', 'full/']
    .flatMap((room) => readdirSync(new URL(`src/${room}`, root)).map((file) => room + file))
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .map((file) => [file.slice(0, -3), readFileSync(new URL(`src/${file}`, root), 'utf8')]),
);
const code = (name: string) => sources[name]!.replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*$/gm, '');
const users = (word: RegExp) => Object.keys(sources).filter((name) => word.test(code(name)));

test('fetch_onlyInApi', () => expect(users(/\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource)\b/)).toEqual(['api', 'details/api', 'full/network', 'full/tell']));

test('storage_onlyInStorage', () =>
  expect(users(/\.cookie\b|window\[|\b(window|self)\.(local|session)Storage|\bindexedDB\./)).toEqual(['storage']));

test('scriptElements_onlyInReviveAndLoader', () =>
  expect(users(/createElement\('script'\)|element\(\s*'script'/)).toEqual(['loader', 'revive']));

test('markup_nowhere', () =>
  expect(users(/\.(innerHTML|outerHTML|srcdoc)\s*=|\.(insertAdjacentHTML|createContextualFragment|parseFromString)\(|document\.write/)).toEqual([]));

test('eval_nowhere', () => expect(users(/\beval\(|new Function|setTimeout\(\s*['"`]/)).toEqual([]));

test('nothingIsThrown', () => expect(users(/\bthrow\b/)).toEqual([]));

test('noSharedMutableState', () => expect(users(/^(export )?let /m)).toEqual([]));

/** What each module may import; only `index` wires. */
const MAY_IMPORT: Record<string, string[]> = {
  types: [],
  choice: ['types'],
  text: ['types'],
  element: [],
  focus: [],
  api: [],
  harden: [],
  sheet: ['types', 'element', 'harden', 'style.css'],
  storage: ['types', 'choice'],
  visitor: ['choice', 'storage'],
  outbox: ['api', 'storage'],
  forget: ['types', 'storage'],
  trust: [],
  scene: ['types', 'text', 'storage', 'outbox'],
  loader: ['scene', 'trust'],
  revive: ['trust'],
  runner: ['revive', 'trust'],
  gate: ['types', 'choice', 'element', 'runner', 'trust'],
  signals: ['types'],
  banner: ['types', 'text', 'element'],
  preferences: ['types', 'text', 'element', 'banner'],
  frame: ['text', 'element'],
  stage: ['types', 'text', 'element', 'sheet'],
};

/** What only the full build has: host rules, the signals of others and counting. */
const FULL_MAY_IMPORT: Record<string, string[]> = {
  'full/around': [],
  'full/hosts': ['../types'],
  'full/judge': ['../types', '../choice'],
  'full/diversion': ['../choice', './wall', './judge'],
  'full/elements': ['./around', './diversion', './judge'],
  'full/markup': ['../trust', './around', './judge'],
  'full/network': ['./around', './judge'],
  'full/wall': ['../types', './diversion', './elements', './hosts', './judge', './markup', './network'],
  'full/tags': ['../types', '../signals'],
  'full/masked': [],
  'full/tell': [],
  'full/counts': ['../types', '../element', '../forget', '../storage', './masked', './tell'],
};

test.each(Object.keys(sources).filter((name) => name.startsWith('full/')))('fullBuild_importsOneWay: %s', (name) => {
  const imported = [...sources[name]!.matchAll(/from '(\.[\w./]+)'/g)].map(([, it]) => it!);
  expect(FULL_MAY_IMPORT[name]).toEqual(expect.arrayContaining(imported));
});

test('fullBuild_isNotInThePlainOne', () => {
  const plain = readFileSync(new URL('dist/assent.js', root), 'utf8');
  for (const word of ['sendBeacon', 'uetq', '_paq', 'createHTML', 'srcdoc', 'countShown', 'undeclared']) expect(plain).not.toContain(word);
});

/** What the second part may take from the core; it never wires, and the core never takes from it. */
const SHARED = ['types', 'text', 'element', 'storage', 'scene', 'api', 'harden'];

test.each(Object.keys(sources).filter((name) => name.startsWith('details/')))('secondPart_takesLittle: %s', (name) => {
  const imported = [...sources[name]!.matchAll(/from '\.\.\/([\w.]+)'/g)].map(([, it]) => it!);
  expect(SHARED).toEqual(expect.arrayContaining(imported));
});

test.each(Object.keys(sources).filter((name) => !/^(index$|details\/|full\/)/.test(name)))('imports_goOneWay: %s', (name) => {
  const imported = [...sources[name]!.matchAll(/from '\.\/([\w.]+)'/g)].map(([, it]) => it!);
  expect(MAY_IMPORT[name]).toEqual(expect.arrayContaining(imported));
});

test.each(Object.keys(sources))('file_isOfOneIdea: %s', (name) => {
  const limit = name === 'index' || name === 'types' ? 250 : 120;
  expect(sources[name]!.trimEnd().split('\n').length).toBeLessThanOrEqual(limit);
  expect(sources[name]!.startsWith('// SPDX-FileCopyrightText: The Assent authors\n// SPDX-License-Identifier: Apache-2.0\n')).toBe(true);
});

test('noRunTimeDependency', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  expect(dependencies).toBeUndefined();
  for (const version of Object.values(devDependencies)) expect(version).toMatch(/^(npm:@[\w/-]+@)?\d+\.\d+\.\d+$/);
});

test('build_makesTheSameBytesAgain', () => {
  const built = () => {
    execFileSync(process.execPath, ['build.mjs'], { cwd: root });
    return readFileSync(new URL('dist/assent.js', root), 'utf8');
  };
  const first = built();
  expect(built()).toBe(first);
  expect(first.split('assentPolicy').length).toBe(2);
  expect(() => new Function('assentPolicy', first)).not.toThrow();
});
