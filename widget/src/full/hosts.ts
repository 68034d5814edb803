// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Purpose } from '../types';

const NONE: readonly string[] = [];
/** Anything else is an address on this host, and need not be taken apart. */
const NAMES_A_HOST = /[:\\]|\/\//;

/** Whether a host is meant: `example.com` that host alone, `*.example.com` every one below it. */
export function fits(pattern: string, host: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/**
 * Which purposes an address needs: all that name its host and are not required. Each host is looked
 * at once, for this is asked of every request that the page makes.
 *
 * @param free hosts that are never held, whatever the patterns say: the page's own and the service's
 * @param base what a relative address is relative to
 * @returns ids; none for what is no address, or has no host
 */
export function createHosts(purposes: readonly Purpose[], free: readonly string[], base: () => string): (address: string) => readonly string[] {
  const known = new Map<string, readonly string[]>(['', ...free].map((host) => [host, NONE]));
  return (address) => {
    if (!NAMES_A_HOST.test(address)) return NONE;
    let host: string;
    try {
      host = new URL(address, base()).hostname.replace(/\.$/, '');
    } catch {
      return NONE;
    }
    const ids = known.get(host) ?? purposes.filter(({ required, hosts }) => !required && hosts?.some((it) => fits(it, host))).map(({ id }) => id);
    known.set(host, ids);
    return ids;
  };
}
