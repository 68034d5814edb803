// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Scene } from '../scene';

/** The secret by which this browser's records are found. None: no choice was ever made here. Never makes one. */
export function secretOf({ store, policy }: Scene): string | undefined {
  return /^[\w-]{43}$/.exec(store.get(`assent.${policy.site}.secret`) ?? '')?.[0];
}

/** Id of the last choice made here, whether it holds or not. */
export function lastOf({ store, policy }: Scene): string | null | undefined {
  return store.get(`assent.${policy.site}.last`);
}

/** All that this browser keeps for the site, or only choices on their way. */
export function keysOf({ store, policy }: Scene, of = ''): string[] {
  return store.keys().filter((key) => key.startsWith(`assent.${policy.site}.${of}`));
}
