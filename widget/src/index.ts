// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { baseOf, recordAddress, send } from './api';
import { drawBanner, type State } from './banner';
import { choicesBy, grantedIds, holds, isChanged, isDue, isNews, newId } from './choice';
import { afterPaint, element, guarded, listen } from './element';
import { keepFocus } from './focus';
import { forget } from './forget';
import { coverFrame } from './frame';
import { createGate } from './gate';
import { createLoader } from './loader';
import { openCounts } from './full/counts';
import { openTags } from './full/tags';
import { raiseWall } from './full/wall';
import { openOutbox } from './outbox';
import { drawPreferences } from './preferences';
import type { Scene } from './scene';
import { openSignals } from './signals';
import { openStage, type Stage } from './stage';
import { openStore, readChoice, removeChoice, writeChoice } from './storage';
import { speechFor } from './text';
import type { Action, Cause, Change, Choice, Choices, Payload, Purpose, Recorded, Source, StoredChoice } from './types';
import { openVisitor } from './visitor';

/** The policy, put around this script by the service. */
declare const assentPolicy: Payload;
/** Set by the build: with host rules, Microsoft's and Matomo's signals, and counting. */
declare const FULL: boolean;

const policy = assentPolicy;
// Only now, while the script runs for the first time, does the browser say which one it is.
const ownScript = document.currentScript as HTMLScriptElement | null;
// An element with the id `assent` is found under the same name: only our own object has `ready`.
// Not from here: who reads a cookie is looked up on the stack, and Chromium parses again each function that it finds there.
if (!window.assent?.ready) void Promise.resolve().then(readChoice).then(guarded(start));

function start(found: StoredChoice | undefined): void {
  const own = ownScript ?? document.querySelector<HTMLScriptElement>(`script[src*="/w/${policy.site}"]`);
  const base = baseOf(own?.src);
  const details = createLoader(base, own?.nonce);
  const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true;
  const speech = speechFor(policy, [document.documentElement.lang, ...(navigator.languages ?? [])]);
  const controller = policy.controller?.name ?? location.hostname;
  const store = openStore('localStorage');
  // Id of the last choice made while the browser sent the signal: it was explicit, and wins.
  const signalKey = `assent.${policy.site}.gpc`;
  const visitor = openVisitor(store, policy.site);
  const announce = openSignals(policy);
  const announceMore = FULL ? openTags(policy) : undefined;
  const countShown = FULL ? openCounts(policy, base) : undefined;
  const wall = FULL ? raiseWall(policy, base, () => choices) : undefined;
  const gate = createGate((frame, ids, letGo) => coverFrame(frame, ids, speech, letGo, open), wall);
  const outbox = openOutbox(
    store,
    policy.site,
    (body) => send(base, policy.site, body),
    (id) => tell('assent:recorded', { id, record: recordAddress(base, id) }),
  );

  let stage: Stage | undefined;
  let begun = false;
  let stored = standing(found);
  let choices = choicesOf(stored);

  function standing(found: StoredChoice | undefined): StoredChoice | undefined {
    return found && holds(found, policy, Date.now() / 1000) ? found : undefined;
  }

  /** What a stored choice grants today: nothing that has changed since, nor what the browser's own signal forbids. */
  function choicesOf(found: StoredChoice | undefined): Choices {
    const heeded = gpc && store.get(signalKey) !== found?.id;
    return choicesBy(policy, (purpose) => found?.granted.includes(purpose.id) && !isChanged(purpose, found, policy) && !(heeded && purpose.sale));
  }

  /** An answer. It lies in the outbox before anything else happens, so that no reload can lose it. */
  function decide(grants: (purpose: Purpose) => boolean | undefined, action: Action, source: Source): void {
    // A clock before 1970, or one of fractions, would give an id and a cookie that nobody can read.
    const now = Math.trunc(Math.max(0, Date.now()));
    const { version, sha256 } = policy;
    const id = newId(now, crypto.getRandomValues(new Uint8Array(10)));
    const wanted = choicesBy(policy, grants);
    const before = readChoice();
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
      previous: before?.id ?? visitor.last(),
    };
    // A signal is no answer: it does not put off the day when the visitor is asked again.
    const decidedAt = (source === 'gpc' && stored?.decidedAt) || Math.trunc(now / 1000);
    const decided = { version, granted: grantedIds(wanted), decidedAt, id };
    afterPaint(outbox.put(id, JSON.stringify(choice)));
    writeChoice(decided, policy, before);
    visitor.remember(id);
    if (gpc) store.set(signalKey, id);
    settle(decided, wanted, source);
    stage?.say(speech.texts.saved);
  }

  /** Makes a choice take effect in this page. */
  function settle(decided: StoredChoice | undefined, next: Choices, cause: Cause): void {
    stored = decided;
    choices = next;
    const broken = gate.apply(choices);
    const giveBack = keepFocus(() => stage?.back());
    document.querySelector<HTMLDialogElement>('#assent dialog')?.close();
    stage?.rest();
    giveBack();
    guarded(announce)(choices, cause);
    if (FULL) guarded(announceMore!)(choices, cause);
    guarded(forget)(policy.purposes, choices);
    tell('assent:change', { choices, cause, id: decided?.id });
    if (broken && policy.reloadOnWithdrawal) location.reload();
  }

  function tell(type: string, detail: Change | Recorded): void {
    document.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Another tab, or another host under the same domain, may have answered or erased meanwhile. */
  function catchUp(): void {
    const found = standing(readChoice());
    const id = found?.id ?? visitor.last();
    if (id !== stored?.id && isDue(found, policy) === !id) settle(found, choicesOf(found), 'tab');
  }

  const answers = (source: Source) => ({
    acceptAll: () => decide(() => true, 'accept_all', source),
    rejectAll: () => decide(() => false, 'reject_all', source),
    withdraw: () => decide(() => false, 'withdraw', source),
    save: (wanted: Choices) => decide(({ id }) => wanted[id] === true, 'save', source),
  });

  const state = (): State => ({
    choices,
    stored,
    due: isDue(stored, policy),
    changed: (purpose) => !purpose.required && !!stored && isChanged(purpose, stored, policy),
    gpc,
  });

  const scene = (): Scene => ({
    policy,
    speech,
    controller,
    base: base!,
    choices,
    stored,
    store,
    outbox,
    reset(said) {
      removeChoice(policy);
      settle(undefined, choicesOf(undefined), 'erased');
      stage?.say(said);
    },
  });

  function open(): void {
    if (!stage || document.querySelector('#assent dialog')) return;
    const giveBack = keepFocus(() => stage?.back());
    const record = stored && !outbox.has(stored.id) && recordAddress(base, stored.id);
    const dialog = drawPreferences(policy, speech, controller, state(), record, answers('preferences'));
    listen(dialog, 'close', () => {
      dialog.remove();
      giveBack();
    });
    stage.open(dialog);
    void details()
      .then((part) => part?.enrich(scene(), dialog))
      .then((enriched) => enriched || dialog.querySelector('.assent-words')?.append(element('p', { class: 'assent-note' }, speech.texts.failed)));
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
    if (isDue(stored, policy)) {
      stage.ask(drawBanner(policy, speech, controller, state(), { ...answers('banner'), choose: open }));
      if (FULL) guarded(countShown!)(speech.language);
    } else {
      stage.rest();
      if (isNews(policy, store.get(`assent.${policy.site}.notice`), Date.now() / 1000)) void details().then((part) => part?.announce(scene()));
    }
  });

  // Something was granted that the browser's own signal now forbids: that is recorded, once.
  if (!isDue(stored, policy) && policy.purposes.some(({ id, sale }) => sale && stored?.granted.includes(id) && !choices[id]))
    decide(({ id }) => choices[id], 'gpc', 'gpc');
  else if (stored) settle(stored, choices, 'stored');
  else gate.apply(choices);
  begin();
  new MutationObserver(
    guarded((changes: MutationRecord[]) => {
      begin();
      stage?.stay();
      for (const { attributeName, target, addedNodes } of changes) gate.see(attributeName ? [target] : addedNodes);
    }),
  ).observe(document, { childList: true, subtree: true, attributeFilter: ['data-assent'] });
  // After the banner stands: whoever touches the storage waits until the browser has read it.
  setTimeout(() => {
    outbox.flush();
    listen(window, 'online', outbox.flush);
    listen(window, 'storage', catchUp);
    listen(document, 'visibilitychange', catchUp);
  });
  listen(document, 'click', (event: MouseEvent) => {
    if (!(event.target as Element).closest?.('[data-assent-open]')) return;
    event.preventDefault();
    open();
  });
}
