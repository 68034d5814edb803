// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes the scripts of dist/:
// - assent.js: the body of a function whose one parameter is `assentPolicy`
// - assent-full.js: the same with what only some policies ask for (host rules, Microsoft's and Matomo's signals)
// - details.js: the second part, which both bring by the hash built into them
// Same sources, same bytes: the hash of the first or second stands in every policy artefact.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const here = (path) => new URL(path, import.meta.url).pathname;

/** The sheets as `src/harden.ts` wants them: minified, and one sign for the selector that begins each rule. */
const compactCss = {
  name: 'compact-css',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: 'es2020' });
      return { contents: code.trim().replaceAll(':is(#assent,.assent-frame)', '^').replaceAll(';}', '}').replace(/(--\w+): /g, '$1:'), loader: 'text' };
    });
  },
};

/** Members that no page, no payload and no stored text knows. The parts know them by the same short names. */
const INTERNAL = /^(retryAfter|remember|quiet|flush|stored|decidedAt|speech|enrich|announce|outbox|reset|letGo|granted|due|ask|rest|stay|say|see|last)$/;
const shortNames = { props: {} }; // `terser` fills it, and goes on from there.

/** One script: esbuild joins and strips; terser makes it smaller than esbuild alone does (a tenth of our budget). */
async function script(entry, define = {}) {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    format: 'esm',
    target: 'es2021',
    charset: 'utf8',
    minifySyntax: true,
    write: false,
    plugins: [compactCss],
    define: Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)])),
  });
  const { code } = await minify(outputFiles[0].text, {
    module: true,
    ecma: 2021,
    compress: { passes: 6, inline: 0, unsafe_arrows: true, pure_getters: true, hoist_vars: true, unsafe: true, collapse_vars: true, booleans: false },
    mangle: { properties: { regex: INTERNAL } },
    nameCache: { props: shortNames },
    format: { preamble: '"use strict";', comments: false },
  });
  return code;
}

const details = `(()=>{${await script('src/details/index.ts')}\n})();\n`;
const DETAILS = createHash('sha256').update(details).digest('hex');

await mkdir(here('dist'), { recursive: true });
await writeFile(here('dist/details.js'), details);
await writeFile(here('dist/assent.js'), await script('src/index.ts', { DETAILS, FULL: false }));
await writeFile(here('dist/assent-full.js'), await script('src/index.ts', { DETAILS, FULL: true }));
