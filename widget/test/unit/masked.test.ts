// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { maskedName } from '../../src/full/masked';

/** The same cases as the service's own test. */
const cases = JSON.parse(readFileSync(new URL('../../../src/test/resources/vectors/masked-names.json', import.meta.url), 'utf8')) as [string, string][];

test.each(cases)('name_losesWhatMaySayWhoseItIs: %s', (name, masked) => {
  expect(maskedName(name)).toBe(masked);
  expect(maskedName(masked)).toBe(masked);
});
