// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element, guarded, link, listen } from '../element';
import type { Scene } from '../scene';
import { fill, purposeText } from '../text';
import type { Action } from '../types';
import { fetchHistory } from './api';
import type { DetailTexts } from './artefact';
import { joined } from './names';

/** What the second part reads of an answer of `POST /v1/visitors/history`: at most 500 records, oldest first. */
export interface HistoryPage {
  records: PastChoice[];
  /** Where the next page begins. Absent: this is the last. */
  next?: string;
}

export interface PastChoice {
  record: {
    action: Action;
    /** Every purpose of the version that was chosen on. */
    choices: Record<string, boolean>;
    /** The service's clock, `YYYY-MM-DDThh:mm:ss.SSSZ`. */
    recordedAt: string;
  };
  links: { record: string; receipt: string };
}

/** Choices drawn at a time; more come as the visitor scrolls. */
const STEP = 50;

/** Beyond 10,000 choices it is not a visitor. */
const MOST_PAGES = 20;

/** The visitor's choices, newest first: asked for when the fold is opened, and again when it is opened after a failure. */
export function drawHistory(scene: Scene, secret: string, texts: DetailTexts): HTMLElement {
  const status = element('p', { role: 'status' });
  const fold = element('details', { class: 'assent-part', 'data-assent': 'history' }, element('summary', {}, element('h3', {}, texts.history)), status);
  let begun = false;
  async function read(): Promise<void> {
    begun = true;
    status.textContent = '…';
    try {
      const past = await readAll(scene, secret);
      if (past.length) fold.append(drawList(past, scene, texts));
      status.textContent = past.length ? '' : texts.historyEmpty;
    } catch {
      begun = false;
      status.textContent = texts.historyFailed;
    }
  }
  listen(fold, 'toggle', () => {
    if (fold.open && !begun) void read();
  });
  return fold;
}

/** All pages, newest first. Rejects if one of them cannot be had. */
async function readAll({ base, policy }: Scene, secret: string): Promise<PastChoice[]> {
  const all: PastChoice[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await fetchHistory(base, policy.site, secret, after);
    all.push(...page!.records);
    after = page!.next;
    if (!after) break;
  }
  return all.reverse();
}

function drawList(past: PastChoice[], scene: Scene, texts: DetailTexts): HTMLElement {
  const list = element('ol', {});
  let drawn = 0;
  const more = guarded(() => {
    if (list.scrollHeight - list.scrollTop - list.clientHeight > 400) return;
    list.append(...past.slice(drawn, (drawn += STEP)).map((choice) => drawPast(choice, scene, texts)));
  });
  list.addEventListener('scroll', more);
  more();
  return list;
}

function drawPast({ record, links }: PastChoice, { policy, speech }: Scene, texts: DetailTexts): HTMLElement {
  const required = policy.purposes.filter((purpose) => purpose.required).map(({ id }) => id);
  const on = Object.keys(record.choices).filter((id) => record.choices[id] && !required.includes(id));
  const names = joined(on.map((id) => purposeText(speech.texts, id).name), speech.language);
  const time = new Date(record.recordedAt).toLocaleString(speech.language, { dateStyle: 'long', timeStyle: 'short' });
  return element(
    'li',
    {},
    element('b', {}, texts.actions[record.action] ?? record.action),
    element('time', { datetime: record.recordedAt }, time),
    element('p', {}, names ? fill(texts.agreed, { purposes: names }) : texts.agreedNothing),
    element('p', { class: 'assent-links' }, link('past-record', speech.texts.record, links.record), link('past-receipt', texts.receipt, links.receipt)),
  );
}
