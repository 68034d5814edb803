// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { addPeriod, parseInstant, parsePeriod } from '../src/instant';

test.each([
  ['2026-08-31T10:00:03.480Z', 'P6M', '2027-02-28T10:00:03.480Z'],
  ['2027-08-31T00:00:00.000Z', 'P6M', '2028-02-29T00:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', 'P1Y', '2029-02-28T12:00:00.000Z'],
  ['2026-12-31T23:59:59.999Z', 'P2M1D', '2027-03-01T23:59:59.999Z'],
  ['2026-11-21T10:00:03.480Z', 'P1Y1M2W3D', '2028-01-07T10:00:03.480Z'],
  ['2026-11-21T10:00:03.480Z', 'P180D', '2027-05-20T10:00:03.480Z'],
])('%s and %s is %s', (from, period, to) => expect(addPeriod(parseInstant(from), parsePeriod(period)).toISOString()).toBe(to));

test.each(['', '2026-11-21', '2026-11-21T10:00:03Z', '2026-11-21T10:00:03.48Z', '2026-02-30T10:00:03.480Z', '2026-11-21T24:00:00.000Z', '2026-11-21T10:00:03.480+00:00', '+012026-11-21T10:00:03.480Z'])(
  'instantOfAnotherForm_isRefused: %j',
  (text) => expect(() => parseInstant(text)).toThrow(),
);

test.each(['', 'P', 'PT1H', 'P6', '6M', 'p6m', '-P6M', 'P-6M', 'P1M1Y', 'P1.5M', 'P12345D', 'six months'])('periodOfAnotherForm_isRefused: %j', (text) =>
  expect(() => parsePeriod(text)).toThrow(),
);
