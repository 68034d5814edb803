// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const WIDGET = new URL('../../', import.meta.url).pathname;

/** A developer's project somewhere else, with the package installed as the registry would give it. */
export interface Project {
  readonly folder: string;
  write(files: Readonly<Record<string, string>>): void;
  /** A file of the installed package. */
  installed(path: string): string;
  /** Bundles `main.ts` for a browser; `./analytics.js` stays as it is, for the page's own server has it. */
  bundle(main: string): string;
  /** Runs the compiler, strictly; what it says, or nothing. */
  check(moduleResolution: string): string;
  node(program: string): string;
  remove(): void;
}

export function createProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'assent-npm-'));
  const run = (command: string, args: string[], cwd = folder) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const write: Project['write'] = (files) => Object.entries(files).forEach(([name, text]) => writeFileSync(join(folder, name), text));
  mkdirSync(join(folder, 'pack'));
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', join(folder, 'pack')], WIDGET).replace(/^[^[]*/, ''));
  write({ 'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module' }) });
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./pack/${filename}`]);
  return {
    folder,
    write,
    installed: (path) => readFileSync(join(folder, 'node_modules/@assent/widget', path), 'utf8'),
    bundle(main) {
      write({ 'main.ts': main });
      const { outputFiles } = buildSync({ absWorkingDir: folder, entryPoints: ['main.ts'], bundle: true, format: 'esm', external: ['./analytics.js'], write: false });
      return outputFiles[0]!.text;
    },
    check(moduleResolution) {
      const module = moduleResolution === 'node16' ? 'node16' : 'esnext';
      const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, target: 'es2022', types: [], module, moduleResolution };
      write({ 'tsconfig.json': JSON.stringify({ compilerOptions, files: ['main.ts'] }) });
      try {
        return run(process.execPath, [join(WIDGET, 'node_modules/typescript/bin/tsc'), '-p', '.']);
      } catch (failure) {
        return (failure as { stdout: string }).stdout;
      }
    },
    node: (program) => run(process.execPath, ['--input-type=module', '-e', program]),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
