// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { harden } from '../../src/harden';

test('harden_marksEachDeclarationButVariables', () => {
  expect(harden('^ b{color:red;--x:1;margin:0}')).toBe(':is(#assent#assent,.assent-frame) b{color:red!important;--x:1;margin:0!important}');
  expect(harden('@media (width<9px){^{all:initial}^ i:hover{top:0}}')).toBe(
    '@media (width<9px){:is(#assent#assent,.assent-frame){all:initial!important}:is(#assent#assent,.assent-frame) i:hover{top:0!important}}',
  );
});

test.each(['assent', 'assent-full', 'details'])('sheet_isHardenedAsBuilt: %s', (name) => {
  const built = readFileSync(new URL(`../../dist/${name}.js`, import.meta.url), 'utf8');
  const sheets = [...built.matchAll(/(["'`])(\^[^]*?\})\1/g)].map(([, , sheet]) => harden(sheet!));
  expect(sheets.length).toBe(1);
  const blocks = [...sheets[0]!.matchAll(/\{([^{}]*)\}/g)].map(([, block]) => block!);
  expect(blocks.length).toBeGreaterThan(5);
  for (const block of blocks) for (const declaration of block.split(';')) expect(declaration).toMatch(/^--|!important$/);
  expect(sheets[0]).not.toMatch(/[\^§]|:is\(#assent,/);
});
