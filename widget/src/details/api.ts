// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Artefact } from './artefact';

const LIMIT_MILLIS = 20_000;

/**
 * The policy artefact with this hash, checked against it where the browser can (not on plain http).
 *
 * @returns nothing where it cannot be had, or is another document than it should be. Never rejects
 */
export async function fetchArtefact(base: string, sha256: string): Promise<Artefact | undefined> {
  try {
    const answer = await fetch(`${base}/v1/artefacts/${sha256}`, { credentials: 'omit', referrerPolicy: 'origin', signal: AbortSignal.timeout(LIMIT_MILLIS) });
    const bytes = await answer.arrayBuffer();
    const hash = await crypto.subtle?.digest('SHA-256', bytes);
    if (!answer.ok || (hash && hex(hash) !== sha256)) return undefined;
    return JSON.parse(new TextDecoder().decode(bytes)) as Artefact;
  } catch {
    return undefined;
  }
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
