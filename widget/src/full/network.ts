// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { around, aroundNew, prototypeOf } from './around';
import type { Judge } from './judge';

/** Addresses at which there is nothing, found out without a request: each API then fails in its own way. */
const NOWHERE = 'blob:null/0';
const NOWHERE_SOCKET = 'wss://0.0.0.0:1';

/** Requests without an element: refused as a network does that is blocked. None of them is sent later. */
export function refuseRequests({ holds }: Judge): void {
  const addressOf = (input: unknown) => (input instanceof Request ? input.url : input);
  const redirect = (given: unknown[], at: number, nowhere: string): unknown[] =>
    holds(addressOf(given[at])) ? Object.assign([...given], { [at]: nowhere }) : given;

  around(window, 'fetch', (original, self, given) =>
    given.length && holds(addressOf(given[0])) ? Promise.reject(new TypeError('Failed to fetch')) : Reflect.apply(original, self, given),
  );
  around(window, 'fetchLater', (original, self, given) =>
    given.length && holds(addressOf(given[0])) ? { activated: false } : Reflect.apply(original, self, given),
  );
  around(prototypeOf('Navigator'), 'sendBeacon', (original, self, given) =>
    given.length && holds(given[0]) ? false : Reflect.apply(original, self, given),
  );
  around(prototypeOf('XMLHttpRequest'), 'open', (original, self, given) => Reflect.apply(original, self, redirect(given, 1, NOWHERE)));
  aroundNew('EventSource', (given) => redirect(given, 0, NOWHERE));
  aroundNew('WebSocket', (given) => redirect(given, 0, NOWHERE_SOCKET));
}
