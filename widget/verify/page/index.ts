// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { Unsupported } from '../src/ed25519';
import { parseNote } from '../src/note';
import { Malformed } from '../src/refusal';
import { TRUST_NOBODY, parseTrust, withLog } from '../src/trust';
import { type Brought, NoKey, type Source, verify } from '../src/verify';
import { KEY_TYPE, parseVkey } from '../src/vkey';
import { bundleInLink } from './link';
import { field, part } from './parts';
import { hideResult, showResult } from './result';
import { fileSource, textSource } from './source';

const LINES_PER_REPORT = 1_000;

const form = part<HTMLFormElement>('check');
const drop = part('drop');
const picker = part<HTMLInputElement>('file');
const chosen = part('chosen');

/** The file that was dropped or picked last, and how many checks were begun: an older one has nothing to say any more. */
const state: { file?: File | undefined; run: number } = { run: 0 };

function say(text: string, warns = false): void {
  part('status').textContent = text;
  part('status').className = warns ? 'note warns' : 'status soft';
  if (warns) part('status').scrollIntoView({ block: 'nearest' });
}

function choose(file: File): void {
  state.file = file;
  field('paste').value = '';
  chosen.textContent = file.name;
  chosen.hidden = false;
  void check();
}

async function check(name?: string): Promise<void> {
  const run = ++state.run;
  hideResult();
  const source = state.file ? fileSource(state.file) : field('paste').value ? textSource(field('paste').value, name) : undefined;
  if (!source) return say('Choose a file, drop one or paste its text.', true);
  say(`Checking ${source.name} …`);
  try {
    const verdict = await verify(source, await brought((line) => run === state.run && line % LINES_PER_REPORT === 0 && say(`${line} lines checked …`)));
    if (run !== state.run) return;
    showResult(verdict, source.name);
    say('');
  } catch (error) {
    if (run === state.run) say(explain(error, source), true);
  }
}

/** What the auditor put into the fields beside the file. */
async function brought(progress: (line: number) => void): Promise<Brought> {
  const [trustFile, vkey, since] = ['trust', 'vkey', 'since'].map((name) => field(name).value.trim());
  const trust = trustFile ? await given('The trust file', () => parseTrust(trustFile)) : TRUST_NOBODY;
  return {
    trust: vkey ? withLog(trust, await given('The log’s key', () => parseVkey(vkey, KEY_TYPE.log))) : trust,
    // What is pasted seldom has its last line end, without which it is no note.
    ...(since && { since: await given('The checkpoint', async () => parseNote(`${since}\n`)) }),
    progress,
  };
}

async function given<T>(what: string, parse: () => Promise<T>): Promise<T> {
  try {
    return await parse();
  } catch (error) {
    throw error instanceof Malformed ? new Malformed(`${what} cannot be read: ${error.message}.`) : error;
  }
}

/** Why there is no verdict. */
function explain(error: unknown, { name }: Source): string {
  if (error instanceof NoKey) return 'A receipt alone brings no key: paste the log’s key (vkey) and check again.';
  if (error instanceof Unsupported) return `Nothing was checked: ${error.message}. Another browser, or the command verify.mjs, can do it.`;
  if (error instanceof Malformed) return error.message;
  return `${name} could not be read.`;
}

/** Checks the bundle that came in the address, and takes it out of there: it is a visitor's, and history keeps addresses. */
function checkLink(): void {
  const { hash, pathname, search } = location;
  try {
    const text = bundleInLink(hash);
    if (text === undefined) return;
    forgetFile();
    field('paste').value = text;
    void check('the bundle in the link');
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    state.run++;
    hideResult();
    say(`The link does not hold a whole bundle: ${error.message}. It may have been cut short on its way. Ask for the file instead.`, true);
  }
  history.replaceState(null, '', pathname + search);
}

function forgetFile(): void {
  state.file = undefined;
  picker.value = '';
  chosen.hidden = true;
}

picker.addEventListener('change', () => picker.files?.[0] && choose(picker.files[0]));
for (const type of ['dragover', 'dragleave', 'drop']) {
  // On the whole page: a file that misses the frame must not be opened in its place.
  addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', type === 'dragover');
    const file = type === 'drop' && (event as DragEvent).dataTransfer?.files[0];
    if (file) choose(file);
  });
}
field('paste').addEventListener('input', forgetFile);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
form.addEventListener('reset', () => {
  state.file = undefined;
  state.run++;
  chosen.hidden = true;
  hideResult();
  say('');
});
addEventListener('hashchange', checkLink);
checkLink();
