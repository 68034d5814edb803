// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes what the package brings into a bundle: npm/dist/index.js and npm/dist/testing.js. Their types are npm/types/.

import { copyFile } from 'node:fs/promises';
import { build } from 'esbuild';

const here = (path) => new URL(path, import.meta.url).pathname;

await build({
  entryPoints: { index: here('client.ts'), testing: here('testing.ts') },
  outdir: here('dist'),
  bundle: true,
  format: 'esm',
  target: 'es2021',
  charset: 'utf8',
  minify: true,
  legalComments: 'none',
});
await copyFile(here('../../LICENSE'), here('dist/LICENSE'));
