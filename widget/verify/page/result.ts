// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { type Check, MEANING, type Result, type Verdict, exitCode, formatJson, formatText, numberOf, printable } from '../src/verdict';
import { made, part } from './parts';

/** Beside the word a colour and a sign of assent.css. */
const LOOK: Record<Result, string> = { passed: 'granted', failed: 'refused', below: 'below', skipped: 'required' };

const SENTENCES = {
  0: (level: string) => `Valid, ${level}`,
  1: () => 'Not valid',
  3: (level: string) => `Valid, but below what the trust file demands: ${level}`,
};

export function hideResult(): void {
  part('result').hidden = true;
}

/** Draws the verdict and moves the focus to the outcome, so that a screen reader reads it. */
export function showResult(verdict: Verdict, name: string): void {
  const code = exitCode(verdict);
  part('what').textContent = name;
  part('outcome').textContent = SENTENCES[code](verdict.level);
  part('outcome').className = `note outcome ${code === 0 ? 'valid' : 'warns'}`;
  part('steps').replaceChildren(...verdict.checks.map(stepOf));
  part('notes').replaceChildren(...verdict.notes.map((note) => made('li', `${note[0]!.toUpperCase()}${note.slice(1)}.`)));
  part('text').textContent = formatText(verdict);
  part('json').textContent = formatJson(verdict);
  part('result').hidden = false;
  part('outcome').focus();
}

function stepOf({ step, result, detail }: Check): HTMLElement {
  const words = made('div', '');
  words.append(made('h3', MEANING[step]), made('p', printable(detail)));
  const item = made('li', '');
  item.dataset.step = step;
  item.append(made('span', String(numberOf(step)), 'number'), words, made('span', result, `answer ${LOOK[result]}`));
  return item;
}
