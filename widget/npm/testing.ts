// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { formatCookie, newId } from '../src/choice';
import type { choiceCookie as Declared } from './types/testing';

/** Nine digits: the highest version that the cookie can name. */
const HIGHEST = 999_999_999;

export const choiceCookie: typeof Declared = ({ granted = [], version = HIGHEST, decidedAt = Math.trunc(Date.now() / 1000) } = {}) => ({
  name: 'assent',
  value: formatCookie({
    version,
    granted: [...granted],
    decidedAt,
    id: newId(decidedAt * 1000, crypto.getRandomValues(new Uint8Array(10))),
  }),
});
