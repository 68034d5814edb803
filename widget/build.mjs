// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes dist/assent.js: the body of a function whose one parameter is `assentPolicy`.
// Same sources, same bytes: the file's hash stands in every policy artefact.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const here = (path) => new URL(path, import.meta.url).pathname;

/**
 * Makes the sheet stand against a page's own: every declaration `!important` but our own
 * variables, and every selector with the weight of two ids. `style.css` is written plainly and hardened here.
 */
export function harden(css) {
  return css
    .replace(/\{([^{}]*)\}/g, (_, block) => `{${block.split(';').filter(Boolean).map((it) => (it.startsWith('--') ? it : `${it}!important`)).join(';')}}`)
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

const { outputFiles } = await build({
  entryPoints: [here('src/index.ts')],
  bundle: true,
  format: 'esm',
  target: 'es2020',
  charset: 'utf8',
  write: false,
  plugins: [hardenedCss],
});
// esbuild joins and strips; terser makes it smaller than esbuild alone does (a tenth of our budget).
const { code } = await minify(outputFiles[0].text, {
  module: true,
  ecma: 2020,
  compress: { passes: 3, inline: 1, unsafe_arrows: true, unsafe_methods: true, pure_getters: true },
  format: { preamble: '"use strict";', comments: false },
});
await mkdir(here('dist'), { recursive: true });
await writeFile(here('dist/assent.js'), code);
