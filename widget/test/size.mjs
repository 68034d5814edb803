// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The size budget: what a visitor downloads, with English texts and a three-purpose policy.

import { brotliCompressSync } from 'node:zlib';
import { samplePolicy, script } from './policy.mjs';

const LIMIT = 9_000;
const size = brotliCompressSync(script(samplePolicy())).length;
console.log(`script, styles, English texts, three purposes: ${size} bytes brotli (limit ${LIMIT})`);
if (size > LIMIT) process.exit(1);
