// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { Unsupported } from './ed25519';
import { MAX_NOTE_LENGTH, type Note, parseNote } from './note';
import { Malformed } from './refusal';
import { TRUST_NOBODY, type Trust, parseTrust, withLog } from './trust';
import { exitCode, formatJson, formatText } from './verdict';
import { NoKey, textOf, verify } from './verify';
import { KEY_TYPE, parseVkey } from './vkey';

const USAGE = 2;
const REPORT_MILLIS = 1000;
const HELP = `verify FILE [--vkey VKEY] [--trust FILE] [--since CHECKPOINT] [--json]

  FILE                a receipt (.tlog-proof), a proof bundle (JSON) or an export (NDJSON)
  --vkey VKEY         the log's key, got from another source than FILE
  --trust FILE        logs, witnesses and quorum, as a C2SP tlog-policy
  --since CHECKPOINT  a file with a checkpoint of the log that you kept earlier; for this
                      FILE must have been fetched with ?since=SIZE, see below
  --json              the verdict as JSON

SIZE is the second line of CHECKPOINT. A bundle that proves growth from there:

  curl -H 'Accept: application/json' 'https://HOST/v1/consents/ID/receipt?since=SIZE'

Exit code: 0 valid, 1 invalid, 2 usage, 3 valid but below what the trust file demands.
`;

/** Where the command writes to: the verdict to `out`, all else to `err`. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal, on which progress stays in one place. */
  terminal?: boolean;
  /** Milliseconds since some moment. */
  now?(): number;
}

class Usage extends Error {}

interface Arguments {
  file: string;
  trust: Trust;
  since?: Note;
  json: boolean;
}

/** Runs `verify` with what follows its name; gives the exit code. */
export async function run(words: string[], output: Output): Promise<number> {
  const { out, err } = output;
  if (words.includes('--help')) return out(HELP), 0;
  try {
    const { file, trust, since, json } = await parseArguments(words);
    const source = { name: file, stream: () => createReadStream(file) };
    const progress = progressOn(output);
    const verdict = await verify(source, { trust, ...(!json && { progress: progress.report }), ...(since && { since }) }).finally(progress.end);
    out(json ? `${formatJson(verdict)}\n` : formatText(verdict));
    return exitCode(verdict);
  } catch (error) {
    if (error instanceof Usage) err(`verify: ${error.message}\n${HELP}`);
    else if (error instanceof NoKey) err(`verify: ${error.message}\ngive --vkey or --trust; verify --help says more\n`);
    else if (error instanceof Unsupported || error instanceof Malformed) err(`verify: ${error.message}\n`);
    else if ((error as NodeJS.ErrnoException).code) err(`verify: cannot read the file: ${(error as Error).message}\n`);
    else throw error;
    return USAGE;
  }
}

/** Says once a second how many lines are done: on a terminal in one place, else a line each time. */
function progressOn({ err, terminal, now = Date.now }: Output) {
  const start = now();
  let last = start;
  let shown = false;
  return {
    report(lines: number): void {
      const time = now();
      if (time - last < REPORT_MILLIS) return;
      const text = `verify: ${lines.toLocaleString('en')} lines, ${Math.floor((lines * 1000) / (time - start)).toLocaleString('en')} a second`;
      err(terminal ? `\r${text}\x1b[K` : `${text}\n`);
      [last, shown] = [time, true];
    },
    end(): void {
      if (terminal && shown) err('\r\x1b[K');
    },
  };
}

async function parseArguments(words: string[]): Promise<Arguments> {
  const values = new Map<string, string>();
  let json = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '--json') json = true;
    else if (['--vkey', '--trust', '--since'].includes(word)) values.set(word, valueOf(word, words[++i]));
    else if (word.startsWith('--') || values.has('file')) throw new Usage(`not understood: ${word}`);
    else values.set('file', word);
  }
  const [file, vkey, trustFile, sinceFile] = ['file', '--vkey', '--trust', '--since'].map((name) => values.get(name));
  if (file === undefined) throw new Usage('which file?');
  const trust = trustFile === undefined ? TRUST_NOBODY : await given('--trust', async () => parseTrust(await read('--trust', trustFile)));
  const log = vkey === undefined ? undefined : await given('--vkey', () => parseVkey(vkey, KEY_TYPE.log));
  const since = sinceFile === undefined ? undefined : await given('--since', async () => parseNote(await read('--since', sinceFile)));
  return { file, json, trust: log ? withLog(trust, log) : trust, ...(since && { since }) };
}

function valueOf(option: string, value: string | undefined): string {
  if (value === undefined) throw new Usage(`${option} needs a value`);
  return value;
}

/** What is malformed in an option is a slip of the command line, not of the file to be verified. */
async function given<T>(option: string, parse: () => Promise<T>): Promise<T> {
  try {
    return await parse();
  } catch (error) {
    throw error instanceof Malformed ? new Usage(`${option}: ${error.message}`) : error;
  }
}

async function read(option: string, path: string): Promise<string> {
  const bytes = Buffer.alloc(MAX_NOTE_LENGTH + 1);
  try {
    const file = await open(path);
    const { bytesRead } = await file.read(bytes).finally(() => file.close());
    return textOf(bytes.subarray(0, bytesRead), MAX_NOTE_LENGTH);
  } catch (error) {
    throw error instanceof Malformed ? error : new Usage(`${option}: cannot read ${path}`);
  }
}
