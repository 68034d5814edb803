// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { trusted } from './trust';

/** A fresh script like the held one, for the browser runs an element only once. */
export function revive(held: HTMLScriptElement): HTMLScriptElement {
  const script = document.createElement('script');
  for (const { name, value } of held.attributes)
    if (!/^(type|src|data-(type|src))$/.test(name)) script.setAttribute(name, value);
  const source = held.dataset.src ?? held.getAttribute('src');
  if (held.dataset.type) script.type = held.dataset.type;
  if (held.nonce) script.nonce = held.nonce;
  script.async = held.hasAttribute('async');
  script.text = trusted('createScript', held.text);
  if (source) script.src = trusted('createScriptURL', source);
  return script;
}
