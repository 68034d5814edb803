// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { listen } from '../element';
import { matches } from '../forget';
import { cookies, openStore } from '../storage';
import type { Payload } from '../types';
import { maskedName } from './masked';
import { tell } from './tell';

/** No more names in one report. */
const NAMES = 20;

/**
 * What the owner may have counted beside choices; silent unless the policy asks for it.
 *
 * @returns what to call when a banner stands, with the language it speaks
 */
export function openCounts(policy: Payload, base: string | undefined): (language: string) => void {
  const oneIn = policy.sampleUndeclared ?? 0;
  // When the page is put aside: by then most of what it keeps is there.
  if (oneIn && Math.random() * oneIn < 1) whenFirst('hidden', () => report(policy, base));
  return (language) => {
    if (!policy.countShown) return;
    const layout = innerWidth < 640 ? 'mobile' : 'desktop';
    whenSeen(() => tell(base, policy.site, 'shown', { version: policy.version, language, layout }));
  };
}

/** At once, or when somebody looks: a page that is prepared behind the scenes shows nobody anything yet. */
function whenSeen(act: () => void): void {
  if (document.visibilityState === 'visible') act();
  else whenFirst('visible', act);
}

/** Once, when the page comes into this state. */
function whenFirst(state: DocumentVisibilityState, act: () => void): void {
  let done = false;
  listen(document, 'visibilitychange', () => {
    if (done || document.visibilityState !== state) return;
    done = true;
    act();
  });
}

/** Names that no tracker declares, masked; never a value. */
function report(policy: Payload, base: string | undefined): void {
  const found = {
    cookie: cookies().map(([name]) => name),
    localStorage: openStore('localStorage').keys(),
    sessionStorage: openStore('sessionStorage').keys(),
  };
  const said: Record<string, string[]> = {};
  let left = NAMES;
  for (const [kept, names] of Object.entries(found)) {
    const undeclared = names.filter((name) => name && isUndeclared(policy, kept, name)).map(maskedName);
    const some = [...new Set(undeclared)].slice(0, left);
    left -= some.length;
    if (some.length) said[kept] = some;
  }
  if (left < NAMES) tell(base, policy.site, 'undeclared', { version: policy.version, ...said });
}

/** Our own are in the documentation, not in the policy. */
function isUndeclared({ purposes }: Payload, kept: string, name: string): boolean {
  const declared = purposes.flatMap(({ trackers }) => trackers ?? []).filter(({ type }) => type === kept);
  return !/^assent(\.|$)/.test(name) && !declared.some((it) => matches(it, name));
}
