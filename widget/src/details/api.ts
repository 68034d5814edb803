// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Artefact } from './artefact';
import type { HistoryPage } from './history';

const LIMIT_MILLIS = 20_000;

/**
 * The policy artefact with this hash, checked against it where the browser can (not on plain http).
 *
 * @returns nothing where it cannot be had, or is another document than it should be. Never rejects
 */
export async function fetchArtefact(base: string, sha256: string): Promise<Artefact | undefined> {
  try {
    const answer = await ask(`${base}/v1/artefacts/${sha256}`);
    const bytes = await answer.arrayBuffer();
    const hash = await crypto.subtle?.digest('SHA-256', bytes);
    if (!answer.ok || (hash && hex(hash) !== sha256)) return undefined;
    return JSON.parse(new TextDecoder().decode(bytes)) as Artefact;
  } catch {
    return undefined;
  }
}

/**
 * A page of the visitor's records, oldest first.
 *
 * @param after `next` of the page before; absent to begin
 * @returns nothing where it cannot be had. Never rejects
 */
export async function fetchHistory(base: string, site: string, secret: string, after: string | undefined): Promise<HistoryPage | undefined> {
  const page = (await post(`${base}/v1/visitors/history`, { site, secret, after })) as HistoryPage | undefined;
  return Array.isArray(page?.records) ? page : undefined;
}

/** Erases the visitor's records for good; repeating it is harmless. Resolves to whether they are gone. Never rejects. */
export async function eraseRecords(base: string, site: string, secret: string): Promise<boolean> {
  const answer = (await post(`${base}/v1/visitors/erase`, { site, secret })) as { erased?: unknown } | undefined;
  return typeof answer?.erased === 'number';
}

/** `text/plain`: no preflight. Anything but a JSON document with 2xx is no answer. */
async function post(address: string, question: object): Promise<unknown> {
  try {
    const answer = await ask(address, { method: 'POST', body: JSON.stringify(question), headers: { 'content-type': 'text/plain' } });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function ask(address: string, how: RequestInit = {}): Promise<Response> {
  return fetch(address, { ...how, credentials: 'omit', referrerPolicy: 'origin', signal: AbortSignal.timeout?.(LIMIT_MILLIS) ?? null });
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
