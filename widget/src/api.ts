// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choice } from './types';

/** What came back. `status` 0: nothing did (no network, blocked, or longer than 20 s). */
export interface Answer {
  status: number;
  /** Seconds the service asks to wait; absent if it does not say. */
  retryAfter?: number;
  /** Address of the record's page, once it is stored. */
  record?: string;
}

/** Base address of the service: what stands before `/w/` in the script's own address. */
export function baseOf(scriptUrl: string | undefined): string | undefined {
  return /^(https?:\/\/.+?)\/w\//.exec(scriptUrl ?? '')?.[1];
}

/**
 * Sends one choice; repeating it is harmless. `text/plain` and no credentials: no preflight, no
 * cookie. `keepalive`: it outlives the page. Never rejects.
 */
export async function send(base: string, site: string, choice: Choice): Promise<Answer> {
  try {
    const response = await fetch(`${base}/v1/sites/${site}/consents`, {
      method: 'POST',
      body: JSON.stringify(choice),
      keepalive: true,
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
      mode: 'cors',
      signal: AbortSignal.timeout?.(20_000) ?? null,
    });
    const answer: Answer = { status: response.status };
    const retryAfter = Number(response.headers.get('retry-after'));
    if (retryAfter > 0) answer.retryAfter = retryAfter;
    const { record } = await response.json().catch(() => ({}));
    if (typeof record === 'string' && /^https?:/.test(record)) answer.record = record;
    return answer;
  } catch {
    return { status: 0 };
  }
}
