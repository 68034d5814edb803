// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { Malformed } from './refusal';

/** An ISO 8601 duration of whole days, the weeks among them: `P6M` is 6 months and 0 days. */
export interface Period {
  months: number;
  days: number;
}

/** Reads `2026-11-21T10:00:03.480Z`: UTC, always three decimals, a day and time that exist. */
export function parseInstant(text: string): Date {
  const instant = new Date(text);
  // The one spelling that comes back the same; 30 February and 24:00 come back as another day.
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== text || text.length !== 24) throw new Malformed('a time of another form');
  return instant;
}

/** Reads `P1Y6M`, `P2W`, `P180D`: at least one number, each of at most four digits. */
export function parsePeriod(text: string): Period {
  const found = /^P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,4})D)?$/.exec(text);
  if (!found) throw new Malformed('a lifetime of another form');
  const [years = 0, months = 0, weeks = 0, days = 0] = found.slice(1).map((digits) => Number(digits ?? 0));
  return { months: 12 * years + months, days: 7 * weeks + days };
}

/** Months first, then days, in UTC. A month more is the same day of that month, or its last where it is shorter. */
export function addPeriod(instant: Date, { months, days }: Period): Date {
  const result = new Date(instant);
  result.setUTCDate(1);
  result.setUTCMonth(instant.getUTCMonth() + months);
  const lastDay = new Date(result);
  lastDay.setUTCMonth(result.getUTCMonth() + 1, 0);
  result.setUTCDate(Math.min(instant.getUTCDate(), lastDay.getUTCDate()));
  result.setUTCDate(result.getUTCDate() + days);
  return result;
}
