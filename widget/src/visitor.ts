// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { idIn } from './choice';
import type { Store } from './storage';

/** What this browser keeps of its visitor for one site; nothing of it is ever in a cookie. */
export interface Visitor {
  /** 32 random bytes, base64url: made once, and proof later that the records are this visitor's. */
  secret(): string;
  /** Id of the last choice made here, whether it still holds or not; none if what is kept is no id. */
  last(): string | undefined;
  remember(id: string): void;
}

export function openVisitor(store: Store, site: string): Visitor {
  const secretKey = `assent.${site}.secret`;
  const lastKey = `assent.${site}.last`;
  return {
    last: () => idIn(store.get(lastKey)),
    remember: (id) => store.set(lastKey, id),
    secret() {
      if (!/^[\w-]{43}$/.test(store.get(secretKey)!)) store.set(secretKey, base64url(crypto.getRandomValues(new Uint8Array(32))));
      return store.get(secretKey)!;
    },
  };
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => (sign === '+' ? '-' : sign === '/' ? '_' : ''));
}
