// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tells the service something without any id: no cookie goes with it, nothing is kept, nothing is
 * tried again. `keepalive`: it outlives the page. Never throws or rejects.
 *
 * @param base address of the service; without one nothing is sent
 * @param what `shown` or `undeclared`
 */
export function tell(base: string | undefined, site: string, what: string, said: object): void {
  const { globalPrivacyControl, doNotTrack } = navigator as { globalPrivacyControl?: boolean; doNotTrack?: string | null };
  // Whoever has asked not to be followed is not even counted.
  if (!base || globalPrivacyControl || doNotTrack === '1') return;
  fetch(`${base}/v1/sites/${site}/${what}`, {
    method: 'POST',
    body: JSON.stringify(said),
    keepalive: true,
    headers: { 'content-type': 'text/plain' },
    credentials: 'omit',
    referrerPolicy: 'origin',
  }).catch(() => {});
}
