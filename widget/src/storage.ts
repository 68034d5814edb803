// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { formatCookie, parseCookie } from './choice';
import type { Payload, StoredChoice, TrackerType } from './types';

const COOKIE = 'assent';

/** A key-value area that never throws. Where the browser refuses, the values live as long as the page. */
export interface Store {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** Own keys with this beginning, sorted. */
  keys(prefix: string): string[];
}

export function openStore(area: 'localStorage' | 'sessionStorage' = 'localStorage'): Store {
  const memory = new Map<string, string>();
  const disk = <T>(use: (disk: Storage) => T, otherwise: T): T => {
    try {
      return use(window[area]);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => memory.get(key) ?? disk((it) => it.getItem(key), null) ?? undefined,
    set(key, value) {
      const kept = disk((it) => (it.setItem(key, value), true), false);
      if (!kept) memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      disk((it) => it.removeItem(key), undefined);
    },
    keys: (prefix) =>
      [...new Set([...memory.keys(), ...disk((it) => Object.keys(it), [])])]
        .filter((key) => key.startsWith(prefix))
        .sort(),
  };
}

/** Names and values of the cookies that this page may read; empty where it may not. */
export function cookies(): [name: string, value: string][] {
  try {
    return document.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
  } catch {
    return [];
  }
}

function setCookie(name: string, value: string, maxAgeSeconds: number, domain = '', path = '/'): void {
  const where = `${domain && `; Domain=${domain}`}; Path=${path}; Max-Age=${maxAgeSeconds}`;
  try {
    document.cookie = `${name}=${value}${where}; SameSite=Lax${location.protocol === 'https:' ? '; Secure' : ''}`;
  } catch {
    // A sandboxed page has no cookies: the choice holds until the page is left.
  }
}

/** The newest readable choice: a page may see one cookie of its own host and one of a parent's. */
export function readChoice(): StoredChoice | undefined {
  return cookies()
    .flatMap(([name, value]) => (name === COOKIE && parseCookie(value)) || [])
    .sort((a, b) => b.decidedAt - a.decidedAt)[0];
}

/** Writes the choice for the policy's domain, or for this host where the browser refuses that domain. */
export function writeChoice(stored: StoredChoice, policy: Payload): void {
  const value = formatCookie(stored);
  setCookie(COOKIE, '', 0);
  setCookie(COOKIE, value, policy.maxAgeSeconds, policy.cookieDomain);
  if (policy.cookieDomain && readChoice()?.id !== stored.id) setCookie(COOKIE, value, policy.maxAgeSeconds);
}

/** Names present in this page's storage of one kind. */
export function namesOf(type: TrackerType): string[] {
  if (type === 'cookie') return cookies().map(([name]) => name);
  return type === 'localStorage' || type === 'sessionStorage' ? openStore(type).keys('') : [];
}

/**
 * Removes one stored thing. A cookie is removed on this host and each parent domain, on this path
 * and each above it, for a script cannot see where it was set. `HttpOnly` cookies are out of reach.
 */
export function removeStored(type: TrackerType, name: string, domain?: string): void {
  if (type === 'cookie') {
    const labels = location.hostname.split('.');
    const steps = location.pathname.split('/');
    const domains = ['', domain ?? '', ...labels.map((_, at) => labels.slice(at).join('.'))];
    const paths = steps.flatMap((_, at) => [steps.slice(0, at).join('/'), `${steps.slice(0, at).join('/')}/`]);
    for (const at of new Set(domains)) for (const path of new Set([...paths, location.pathname])) if (path) setCookie(name, '', 0, at, path);
  } else if (type === 'indexedDB') {
    try {
      indexedDB.deleteDatabase(name);
    } catch {
      // No IndexedDB, nothing in it.
    }
  } else if (type === 'localStorage' || type === 'sessionStorage') {
    openStore(type).remove(name);
  }
}
