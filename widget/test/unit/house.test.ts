// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The widget's own rules: what may stand in which file. They keep the code honest, and small.

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const sources = Object.fromEntries(
  readdirSync(new URL('src/', root))
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .map((file) => [file.slice(0, -3), readFileSync(new URL(`src/${file}`, root), 'utf8')]),
);
const code = (name: string) => sources[name]!.replace(/\/\*[^]*?\*\/|(?<!:)\/\/.*$/gm, '');
const users = (word: RegExp) => Object.keys(sources).filter((name) => word.test(code(name)));

test('fetch_onlyInApi', () => expect(users(/\b(fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource)\b/)).toEqual(['api']));

test('storage_onlyInStorage', () =>
  expect(users(/\.cookie\b|window\[|\b(window|self)\.(local|session)Storage|\bindexedDB\./)).toEqual(['storage']));

test('scriptElements_onlyInGate', () => expect(users(/createElement\('script'\)|element\(\s*'script'/)).toEqual(['gate']));

test('markup_nowhere', () =>
  expect(users(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|createContextualFragment|DOMParser/)).toEqual([]));

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
  sheet: ['types', 'style.css'],
  storage: ['types', 'choice'],
  visitor: ['choice', 'storage'],
  outbox: ['api', 'storage'],
  forget: ['types', 'storage'],
  gate: ['types', 'choice'],
  signals: ['types'],
  banner: ['types', 'text', 'element'],
  trackers: ['types', 'text', 'element'],
  preferences: ['types', 'text', 'element', 'banner', 'trackers'],
  frame: ['text', 'element'],
  stage: ['types', 'text', 'element', 'sheet'],
};

test.each(Object.keys(sources).filter((name) => name !== 'index'))('imports_goOneWay: %s', (name) => {
  const imported = [...sources[name]!.matchAll(/from '\.\/([\w.]+)'/g)].map(([, it]) => it!);
  expect(MAY_IMPORT[name]).toEqual(expect.arrayContaining(imported));
});

test.each(Object.keys(sources))('file_isOfOneIdea: %s', (name) => {
  const limit = name === 'index' || name === 'types' ? 220 : 120;
  expect(sources[name]!.trimEnd().split('\n').length).toBeLessThanOrEqual(limit);
  expect(sources[name]!.startsWith('// SPDX-FileCopyrightText: The Assent authors\n// SPDX-License-Identifier: Apache-2.0\n')).toBe(true);
});

test('noRunTimeDependency', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  expect(dependencies).toBeUndefined();
  for (const version of Object.values(devDependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
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

test('sheet_isHardened', () => {
  const [sheet] = readFileSync(new URL('dist/assent.js', root), 'utf8').match(/:is\(#assent#assent[^`'"]*/)!;
  for (const [, block] of sheet.matchAll(/\{([^{}]*)\}/g))
    for (const declaration of block!.split(';')) expect(declaration).toMatch(/^--|!important$/);
});
