// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { baseOf, send } from './api';
import { drawBanner } from './banner';
import { choicesOf, complete, completeAll, grantedIds, holds, newId } from './choice';
import { guarded } from './element';
import { keepFocus } from './focus';
import { forget } from './forget';
import { coverFrame } from './frame';
import { createGate } from './gate';
import { openOutbox } from './outbox';
import { drawPreferences } from './preferences';
import { applyStyle } from './sheet';
import { openSignals } from './signals';
import { openStage, type Stage } from './stage';
import { openStore, readChoice, writeChoice } from './storage';
import { speechFor } from './text';
import type { Action, Assent, Cause, Change, Choice, Choices, Payload, Recorded, Source, StoredChoice } from './types';

/** The policy, put around this script by the service. */
declare const assentPolicy: Payload;

const policy = assentPolicy;
// Only now, while the script runs for the first time, does the browser say which one it is.
const ownScript = document.currentScript as HTMLScriptElement | null;
// An element with the id `assent` is found under the same name: only our own object has `ready`.
if (!window.assent?.ready) guarded(start)();

function start(): void {
  const base = baseOf(ownScript?.src || document.querySelector<HTMLScriptElement>(`script[src*="/w/${policy.site}"]`)?.src);
  const speech = speechFor(policy, [document.documentElement.lang, ...(navigator.languages ?? [])]);
  const controller = policy.controller?.name || location.hostname;
  const store = openStore();
  const lastKey = `assent.${policy.site}.last`;
  const listeners = new Set<(choices: Choices) => void>();
  const announce = openSignals(policy);
  const gate = createGate((frame, ids, letGo) => coverFrame(frame, ids, speech, letGo, open));
  const outbox = openOutbox(store, policy.site, (choice) => (base ? send(base, policy.site, choice) : Promise.resolve({ status: 0 })), ({ id }, { record }) => {
    if (!record) return;
    if (last().id === id) store.set(lastKey, JSON.stringify({ id, record }));
    tell('assent:recorded', { id, record });
  });

  let stage: Stage | undefined;
  let stored = standing();
  let choices = choicesOf(policy, stored);

  function standing(): StoredChoice | undefined {
    const found = readChoice();
    return found && holds(found, policy, Date.now() / 1000) ? found : undefined;
  }

  /** This visitor's last choice here, whether it still holds or not. */
  function last(): Partial<Recorded> {
    try {
      return JSON.parse(store.get(lastKey) ?? '{}') ?? {};
    } catch {
      return {};
    }
  }

  function secret(): string {
    const key = `assent.${policy.site}.secret`;
    const known = store.get(key);
    if (known && /^[\w-]{43}$/.test(known)) return known;
    const fresh = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
    store.set(key, fresh.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, ''));
    return store.get(key)!;
  }

  /** An answer. It lies in the outbox before anything else happens, so that no reload can lose it. */
  function decide(wanted: Choices, action: Action, source: Source): void {
    const now = Date.now();
    const previous = readChoice()?.id ?? last().id;
    const choice: Choice = {
      id: newId(now, crypto.getRandomValues(new Uint8Array(10))),
      policy: { version: policy.version, sha256: policy.sha256 },
      choices: wanted,
      action,
      source,
      language: speech.language,
      layout: innerWidth < 640 ? 'mobile' : 'desktop',
      occurredAt: new Date(now).toISOString(),
      secret: secret(),
      ...(previous && { previous }),
    };
    outbox.put(choice);
    const decided = { version: policy.version, granted: grantedIds(wanted), decidedAt: Math.trunc(now / 1000), id: choice.id };
    writeChoice(decided, policy);
    store.set(lastKey, JSON.stringify({ id: choice.id }));
    outbox.flush();
    settle(decided, wanted, source);
    stage?.say(speech.texts.saved);
  }

  /** Makes a choice take effect in this page: first what it forbids, then what it allows. */
  function settle(decided: StoredChoice, next: Choices, cause: Cause): void {
    stored = decided;
    choices = next;
    const broken = gate.apply(choices, cause === 'stored' ? 'now' : 'afterPaint');
    const giveBack = keepFocus(() => stage?.reopen);
    document.querySelector<HTMLDialogElement>('#assent dialog')?.close();
    stage?.rest();
    giveBack();
    announce(choices);
    forget(policy.purposes, choices);
    for (const listener of listeners) guarded(listener)(choices);
    tell('assent:change', { choices, cause, id: decided.id });
    if (broken && policy.reloadOnWithdrawal) location.reload();
  }

  function tell(type: string, detail: Change | Recorded): void {
    document.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Another tab, or another host under the same domain, may have answered meanwhile. */
  function catchUp(): void {
    const found = standing();
    if (found && found.id !== stored?.id) settle(found, choicesOf(policy, found), 'tab');
  }

  const answersFrom = (source: Source) => ({
    acceptAll: () => decide(completeAll(policy, true), 'accept_all', source),
    rejectAll: () => decide(completeAll(policy, false), 'reject_all', source),
    withdraw: () => decide(completeAll(policy, false), 'withdraw', source),
    save: (wanted: Record<string, boolean>) => decide(complete(policy, wanted), 'save', source),
  });

  function open(): void {
    if (!stage || document.querySelector('#assent dialog')) return;
    const giveBack = keepFocus(() => stage?.reopen);
    const { gpc, record } = { gpc: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true, record: last() };
    const dialog = drawPreferences(policy, speech, controller, { choices, stored, record: record.id === stored?.id ? record.record : undefined, gpc }, answersFrom('preferences'));
    dialog.addEventListener('close', () => {
      dialog.remove();
      giveBack();
    });
    stage.add(dialog);
    dialog.showModal();
  }

  const api = answersFrom('api');
  let ready!: (choices: Choices) => void;
  const assent: Assent = {
    get choices() {
      return choices;
    },
    ready: new Promise((resolve) => (ready = resolve)),
    open: guarded(open),
    acceptAll: guarded(api.acceptAll),
    rejectAll: guarded(api.rejectAll),
    withdraw: guarded(api.withdraw),
    set: guarded((wanted) => api.save({ ...choices, ...wanted })),
    on(_event, listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  window.assent = assent;

  const applyFirst = guarded(() => {
    if (stored) settle(stored, choices, 'stored');
    else gate.apply(choices);
  });
  applyFirst();
  outbox.flush();
  addEventListener('online', () => outbox.flush());
  addEventListener('storage', guarded(({ key }) => key === lastKey && catchUp()));
  addEventListener('pageshow', guarded(catchUp));
  document.addEventListener('visibilitychange', guarded(catchUp));
  document.addEventListener('click', guarded((event) => {
    const opener = (event.target as Element).closest?.('[data-assent-open]');
    if (!opener) return;
    event.preventDefault();
    open();
  }));

  whenBody(guarded(() => {
    applyStyle(policy.appearance);
    stage = openStage(policy, speech, open);
    if (stored) stage.rest();
    else stage.ask(drawBanner(policy, speech, controller, { ...answersFrom('banner'), choose: open }));
    ready(choices);
  }));
}

function whenBody(act: () => void): void {
  if (document.body) return act();
  const observer = new MutationObserver(() => {
    if (!document.body) return;
    observer.disconnect();
    act();
  });
  observer.observe(document.documentElement, { childList: true });
}
