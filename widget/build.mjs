// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes dist/assent.js: the body of a function whose one parameter is `assentPolicy`.
// Same sources, same bytes: the file's hash stands in every policy artefact.

import { readFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';

/**
 * Makes the sheet stand against a page's own: every declaration `!important`, and every selector
 * with the weight of two ids. Style sheets are written plainly and hardened here.
 */
export function harden(css) {
  return css
    .replace(/\{([^{}]*)\}/g, (_, block) => `{${block.split(';').filter(Boolean).map((it) => `${it}!important`).join(';')}}`)
    .replaceAll(':is(#assent,.assent-frame)', ':is(#assent#assent,.assent-frame)');
}

const hardenedCss = {
  name: 'hardened-css',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: 'es2020' });
      return { contents: harden(code.trim()), loader: 'text' };
    });
  },
};

await build({
  entryPoints: [new URL('src/index.ts', import.meta.url).pathname],
  outfile: new URL('dist/assent.js', import.meta.url).pathname,
  bundle: true,
  format: 'esm',
  target: 'es2020',
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '"use strict";' },
  plugins: [hardenedCss],
});
