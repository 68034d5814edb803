// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Makes dist/verify.mjs, the command for Node, and dist/verify.html, the page: both from src/; and
// dist/verify.csp, the value of the
// Content-Security-Policy header to serve the page with.
// The page is one file that may load nothing; its policy names its own style and script by hash.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build, transform } from 'esbuild';

const here = (path) => new URL(path, import.meta.url).pathname;
const read = (path) => readFile(here(path), 'utf8');
const LICENSE = '// SPDX-FileCopyrightText: The Assent authors\n// SPDX-License-Identifier: Apache-2.0';

async function bundle(entry, options) {
  const { outputFiles } = await build({ entryPoints: [here(entry)], bundle: true, charset: 'utf8', write: false, ...options });
  return outputFiles[0].text;
}

/** The SHA-256 of an inline element's text, as Content-Security-Policy wants it. */
const source = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A sheet without the rules for classes and elements that `text` never names: other pages have those. */
function worn(sheet, text) {
  const named = new Set(text.match(/[a-z][\w-]*/gi));
  const isWorn = (selector) => (selector.replace(/:[\w-]+(\([^)]*\))?|\[[^\]]*\]/g, '').match(/[a-z][\w-]*/gi) ?? []).every((name) => named.has(name));
  const kept = (rule, selectors, body) => {
    const some = selectors.split(/,(?![^(]*\))/).filter(isWorn);
    return some.length ? `${some.join()}{${body}}` : '';
  };
  return sheet.replace(/([^{}]+)\{([^{}]*)\}/g, kept).replace(/@media[^{]+\{\}/g, '');
}

/** A sheet without the custom properties that nothing in it reads, nor the blanks that begin the others. */
function trimmed(sheet) {
  const isRead = (name) => sheet.includes(`var(${name})`);
  return sheet.replace(/(--[\w-]+): ([^;}]*);?/g, (_, name, value) => (isRead(name) ? `${name}:${value.replace(/, /g, ',')};` : '')).replace(/;\}/g, '}');
}

// For reading too: an auditor may want to know what the command does, so it is not minified.
const command = await bundle('src/node.ts', { format: 'esm', target: 'node20', platform: 'node', banner: { js: `#!/usr/bin/env node\n${LICENSE}` } });

// For pages of ours that have fetched a file themselves and show the result in their own way.
const module = await bundle('src/module.ts', { format: 'esm', target: 'es2020', minify: true, banner: { js: LICENSE } });

const script = (await bundle('page/index.ts', { format: 'iife', target: 'es2020', minify: true })).replaceAll('</script', '<\\/script').trim();
// As Assets puts them together for the service's own public pages.
const names = ['tokens', 'type', 'ledger', 'buttons', 'assent', 'entries'];
const sheets = await Promise.all([...names.map((name) => `../../src/main/resources/public/${name}.css`), 'page/page.css'].map(read));
const markup = await read('page/verify.html');
const style = trimmed(worn((await transform(sheets.join('\n'), { loader: 'css', minify: true })).code.trim(), markup + script));
const policy = `default-src 'none'; script-src ${source(script)}; style-src ${source(style)}; base-uri 'none'; form-action 'none'`;
// For whoever serves the page: the same as a header, which alone may say who frames it.
const header = `${policy}; frame-ancestors 'none'`;

const parts = { POLICY: policy, STYLE: style, SCRIPT: script };
// Blanks that begin a line only show how its elements lie in one another.
const page = markup.replace(/\n +/g, '\n').replace(/\{\{(POLICY|STYLE|SCRIPT)\}\}/g, (_, name) => parts[name]);

await mkdir(here('../dist'), { recursive: true });
await writeFile(here('../dist/verify.mjs'), command, { mode: 0o755 });
await writeFile(here('../dist/verify.js'), module);
await writeFile(here('../dist/verify.html'), page);
await writeFile(here('../dist/verify.csp'), header);
console.log(`verify.html: ${Buffer.byteLength(page)} bytes, verify.mjs: ${Buffer.byteLength(command)} bytes`);
