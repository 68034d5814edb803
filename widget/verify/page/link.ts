// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { decodeBase64, decodeUtf8 } from '../src/bytes';
import { MAX_BUNDLE_BYTES } from '../src/bundle';
import { Malformed } from '../src/refusal';

const START = '#bundle=';

/**
 * The bundle in a link, `#bundle=` and base64url of its JSON without padding (RFC 4648 §5). What
 * stands behind the `#` is never sent to a server.
 *
 * @returns undefined where the address has none
 * @throws Malformed if it has one that cannot be read
 */
export function bundleInLink(hash: string): string | undefined {
  if (!hash.startsWith(START)) return undefined;
  const encoded = hash.slice(START.length);
  if (encoded.length > (MAX_BUNDLE_BYTES * 4) / 3 + 4) throw new Malformed('it is longer than any bundle');
  if (!/^[A-Za-z0-9_-]+$/.test(encoded)) throw new Malformed(encoded ? 'it is not base64url' : 'it is empty');
  const standard = encoded.replace(/-/g, '+').replace(/_/g, '/');
  return decodeUtf8(decodeBase64(standard.padEnd(Math.ceil(standard.length / 4) * 4, '=')));
}
