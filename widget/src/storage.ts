// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { formatCookie, parseCookie } from './choice';
import type { Payload, StoredChoice } from './types';

const COOKIE = 'assent';

/** A key-value area that never throws. Where the browser refuses, the values live as long as the page. */
export interface Store {
  get(key: string): string | null | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** All keys, sorted. */
  keys(): string[];
}

export function openStore(area: 'localStorage' | 'sessionStorage'): Store {
  const memory = new Map<string, string>();
  const disk = <T>(use: (disk: Storage) => T): T | undefined => {
    try {
      return use(window[area]);
    } catch {
      return undefined;
    }
  };
  return {
    get: (key) => memory.get(key) ?? disk((it) => it.getItem(key)),
    set: (key, value) => disk((it) => (it.setItem(key, value), true)) || memory.set(key, value),
    remove: (key) => (memory.delete(key), disk((it) => it.removeItem(key))),
    keys: () => [...memory.keys(), ...(disk(Object.keys) ?? [])].sort(),
  };
}

/** Names and values of the cookies that this page may read; none where it may not. */
export function cookies(): [name: string, value: string][] {
  try {
    return document.cookie.split('; ').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]);
  } catch {
    return [];
  }
}

function setCookie(name: string, value: string, maxAgeSeconds: number, domain?: string, path = '/'): void {
  try {
    document.cookie = `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; SameSite=Lax${
      domain ? `; Domain=${domain}` : ''
    }${location.protocol === 'https:' ? '; Secure' : ''}`;
  } catch {
    // A sandboxed page has no cookies: the choice holds until the page is left.
  }
}

/**
 * The newest readable choice: a page may see one cookie of its own host and one of a parent's. Of two
 * made in one second, the one that grants less.
 */
export function readChoice(): StoredChoice | undefined {
  return cookies()
    .flatMap(([name, value]) => (name === COOKIE && parseCookie(value)) || [])
    .sort((a, b) => b.decidedAt - a.decidedAt || a.granted.length - b.granted.length)[0];
}

/**
 * Writes the choice for the policy's domain, or for this host where the browser refuses that domain.
 *
 * @param before what {@link readChoice} found. Reading and writing wait for another process: no more than must be
 */
export function writeChoice(stored: StoredChoice, { maxAgeSeconds, cookieDomain }: Payload, before: StoredChoice | undefined): void {
  const value = formatCookie(stored);
  if (cookieDomain) setCookie(COOKIE, '', 0);
  setCookie(COOKIE, value, maxAgeSeconds, cookieDomain);
  if ((!before && !cookieDomain) || readChoice()?.id === stored.id) return;
  // The domain is refused, or an older cookie of a parent's claims to be newer.
  removeCookie(COOKIE);
  setCookie(COOKIE, value, maxAgeSeconds);
}

/** Forgets the choice on this host and on the policy's domain. */
export function removeChoice({ cookieDomain }: Payload): void {
  removeCookie(COOKIE, cookieDomain);
}

/**
 * Removes a cookie on this host and each parent domain, on this path and each above it, for a
 * script cannot see where it was set. `HttpOnly` cookies are out of its reach.
 *
 * @param domain one more domain to try
 */
export function removeCookie(name: string, domain?: string): void {
  const hosts = [undefined, domain];
  for (let host = location.hostname; host; host = host.replace(/^[^.]*\.?/, '')) hosts.push(host);
  for (const host of hosts)
    for (let path = location.pathname, more = true; more; path = path.replace(/\/?[^/]*$/, '')) {
      more = path !== '';
      setCookie(name, '', 0, host, path || '/');
      setCookie(name, '', 0, host, path + '/');
    }
}

/** Removes a database of this origin, if there is one. */
export function removeDatabase(name: string): void {
  try {
    indexedDB.deleteDatabase(name);
  } catch {
    // No IndexedDB, nothing in it.
  }
}
