// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { baseOf, recordAddress, send } from './api';
import { drawBanner } from './banner';
import { choicesBy, grantedIds, holds, newId } from './choice';
import { guarded, listen } from './element';
import { keepFocus } from './focus';
import { forget } from './forget';
import { coverFrame } from './frame';
import { createGate } from './gate';
import { openOutbox } from './outbox';
import { drawPreferences } from './preferences';
import { openSignals } from './signals';
import { openStage, type Stage } from './stage';
import { openStore, readChoice, writeChoice } from './storage';
import { speechFor } from './text';
import type { Action, Cause, Change, Choice, Choices, Payload, Recorded, Source, StoredChoice } from './types';
import { openVisitor } from './visitor';

/** The policy, put around this script by the service. */
declare const assentPolicy: Payload;

const policy = assentPolicy;
// Only now, while the script runs for the first time, does the browser say which one it is.
const ownScript = document.currentScript as HTMLScriptElement | null;
// An element with the id `assent` is found under the same name: only our own object has `ready`.
if (!window.assent?.ready) guarded(start)();

function start(): void {
  const base = baseOf((ownScript ?? document.querySelector<HTMLScriptElement>(`script[src*="/w/${policy.site}"]`))?.src);
  const speech = speechFor(policy, [document.documentElement.lang, ...(navigator.languages ?? [])]);
  const controller = policy.controller?.name ?? location.hostname;
  const store = openStore('localStorage');
  const visitor = openVisitor(store, policy.site);
  const announce = openSignals(policy);
  const gate = createGate((frame, ids, letGo) => coverFrame(frame, ids, speech, letGo, open));
  const outbox = openOutbox(
    store,
    policy.site,
    (body) => send(base, policy.site, body),
    (id) => tell('assent:recorded', { id, record: recordAddress(base, id) }),
  );

  let stage: Stage | undefined;
  let begun = false;
  let stored = standing();
  let choices = choicesOf(stored);

  function standing(): StoredChoice | undefined {
    const found = readChoice();
    return found && holds(found, policy, Date.now() / 1000) ? found : undefined;
  }

  function choicesOf(found: StoredChoice | undefined): Choices {
    return choicesBy(policy, (id) => !!found?.granted.includes(id));
  }

  /** An answer. It lies in the outbox before anything else happens, so that no reload can lose it. */
  function decide(grants: (id: string) => boolean, action: Action, source: Source): void {
    // A clock before 1970 would give an id and a cookie that nobody can read.
    const now = Math.max(0, Date.now());
    const { version, sha256 } = policy;
    const id = newId(now, crypto.getRandomValues(new Uint8Array(10)));
    const wanted = choicesBy(policy, grants);
    const choice: Choice = {
      id,
      policy: { version, sha256 },
      choices: wanted,
      action,
      source,
      language: speech.language,
      layout: innerWidth < 640 ? 'mobile' : 'desktop',
      occurredAt: new Date(now).toISOString(),
      secret: visitor.secret(),
      previous: readChoice()?.id ?? visitor.last(),
    };
    const decided = { version, granted: grantedIds(wanted), decidedAt: Math.trunc(now / 1000), id };
    outbox.put(id, JSON.stringify(choice));
    writeChoice(decided, policy);
    visitor.remember(id);
    outbox.flush();
    settle(decided, wanted, source);
    stage?.say(speech.texts.saved);
  }

  /** Makes a choice take effect in this page. */
  function settle(decided: StoredChoice, next: Choices, cause: Cause): void {
    stored = decided;
    choices = next;
    const broken = gate.apply(choices);
    const giveBack = keepFocus(() => stage?.reopen);
    document.querySelector<HTMLDialogElement>('#assent dialog')?.close();
    stage?.rest();
    giveBack();
    guarded(announce)(choices);
    guarded(forget)(policy.purposes, choices);
    tell('assent:change', { choices, cause, id: decided.id });
    if (broken && policy.reloadOnWithdrawal) location.reload();
  }

  function tell(type: string, detail: Change | Recorded): void {
    document.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Another tab, or another host under the same domain, may have answered meanwhile. */
  function catchUp(): void {
    const found = standing();
    if (found && found.id !== stored?.id) settle(found, choicesOf(found), 'tab');
  }

  const answers = (source: Source) => ({
    acceptAll: () => decide(() => true, 'accept_all', source),
    rejectAll: () => decide(() => false, 'reject_all', source),
    withdraw: () => decide(() => false, 'withdraw', source),
    save: (wanted: Choices) => decide((id) => wanted[id] === true, 'save', source),
  });

  function open(): void {
    if (!stage || document.querySelector('#assent dialog')) return;
    const giveBack = keepFocus(() => stage?.reopen);
    const state = {
      choices,
      stored,
      record: stored && !outbox.has(stored.id) ? recordAddress(base, stored.id) : undefined,
      gpc: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
    };
    const dialog = drawPreferences(policy, speech, controller, state, answers('preferences'));
    listen(dialog, 'close', () => {
      dialog.remove();
      giveBack();
    });
    stage.open(dialog);
  }

  let ready: (choices: Choices) => void;
  const { acceptAll, rejectAll, withdraw, save } = answers('api');
  window.assent = {
    get choices() {
      return choices;
    },
    ready: new Promise((resolve) => (ready = resolve)),
    open: guarded(open),
    acceptAll: guarded(acceptAll),
    rejectAll: guarded(rejectAll),
    withdraw: guarded(withdraw),
    set: guarded((wanted) => save({ ...choices, ...wanted })),
    on(_event, listener) {
      const heard = guarded(() => listener(choices));
      document.addEventListener('assent:change', heard);
      return () => document.removeEventListener('assent:change', heard);
    },
  };

  const begin = guarded(() => {
    if (begun || !document.body) return;
    begun = true;
    ready(choices);
    stage = openStage(policy, speech, open);
    if (stored) stage.rest();
    else stage.ask(drawBanner(policy, speech, controller, { ...answers('banner'), choose: open }));
  });

  if (stored) settle(stored, choices, 'stored');
  else gate.apply(choices);
  begin();
  new MutationObserver(
    guarded((changes: MutationRecord[]) => {
      begin();
      stage?.stay();
      for (const { addedNodes } of changes) gate.see(addedNodes);
    }),
  ).observe(document, { childList: true, subtree: true });
  outbox.flush();
  listen(window, 'online', outbox.flush);
  listen(window, 'storage', catchUp);
  listen(document, 'visibilitychange', catchUp);
  listen(document, 'click', (event: MouseEvent) => {
    if (!(event.target as Element).closest('[data-assent-open]')) return;
    event.preventDefault();
    open();
  });
}
