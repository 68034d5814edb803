// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** What came back. `status` 0: nothing did (no network, blocked, or longer than 20 s). */
export interface Answer {
  status: number;
  /** Seconds the service asks to wait; 0 if it does not say. */
  retryAfter: number;
}

const NOTHING: Answer = { status: 0, retryAfter: 0 };

/** Base address of the service: what stands before `/w/` in the script's own address. */
export function baseOf(scriptUrl: string | undefined): string | undefined {
  return /^(https?:.+?)\/w\//.exec(scriptUrl!)?.[1];
}

/** Where the record of a choice is shown to whoever holds its id. */
export function recordAddress(base: string | undefined, id: string): string {
  return `${base}/v1/consents/${id}`;
}

/**
 * Sends one choice; repeating it is harmless. A text, which travels as `text/plain`, and no
 * credentials: no preflight, no cookie. `keepalive`: it outlives the page. Never rejects.
 *
 * @param base address of the service; without one nothing is sent
 * @param body a choice as JSON
 */
export async function send(base: string | undefined, site: string, body: string): Promise<Answer> {
  try {
    if (!base) return NOTHING;
    const { status, headers } = await fetch(`${base}/v1/sites/${site}/consents`, {
      method: 'POST',
      body,
      keepalive: true,
      credentials: 'omit',
      referrerPolicy: 'origin',
      signal: AbortSignal.timeout?.(20_000) as AbortSignal,
    });
    return { status, retryAfter: +headers.get('retry-after')! || 0 };
  } catch {
    return NOTHING;
  }
}
