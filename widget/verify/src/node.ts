// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { run } from './command';

// Node 20 calls Ed25519 in Web Crypto experimental, on stderr, at each use; it is stable since 22.
const { emitWarning } = process;
process.emitWarning = ((warning: string | Error, ...rest: never[]) =>
  String(warning).includes('Ed25519') || emitWarning.call(process, warning, ...rest)) as typeof emitWarning;

// Not process.exit: what was written to a pipe would be lost.
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  terminal: process.stderr.isTTY,
});
