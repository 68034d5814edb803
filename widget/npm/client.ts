// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Assent, Choices } from '../types/assent';
import type { assent as Declared, Options } from './types/index';

interface Rules {
  createScriptURL(address: string): string;
}

const NOTHING: Choices = Object.freeze({});

export const assent: typeof Declared = (service, siteKey, options = {}) => {
  const page = globalThis.document as Document | undefined;
  const ready = page ? bring(page, service, siteKey, options) : Promise.resolve(NOTHING);
  const granted = (purposes: string) => purposes.split(/[\s,]+/).every((id) => widget()?.choices[id] === true);
  return {
    ready,
    granted,
    when(purposes, start, stop) {
      let watched = true;
      let on = false;
      const look = () => {
        if (!watched || on === granted(purposes)) return;
        on = !on;
        (on ? start : stop)?.();
      };
      void ready.then(look);
      page?.addEventListener('assent:change', look);
      return () => {
        watched = false;
        page?.removeEventListener('assent:change', look);
      };
    },
    open: () => void ready.then(() => widget()?.open()),
  };
};

/** What the service's script has made. An element with the id `assent` is found under the same name, but it has no `ready`. */
function widget(): Assent | undefined {
  const { assent: found } = globalThis as { assent?: Assent };
  return found?.ready && found;
}

/** Puts the tag into the page, if it is not there. One that fails is taken out, so that a later call tries again. */
function bring(document: Document, service: string, siteKey: string, { language, nonce }: Options): Promise<Choices> {
  return new Promise((done) => {
    const settle = () => done(widget()?.ready ?? NOTHING);
    if (widget()) return settle();
    // All tags that came with the page have run or failed by then.
    if (document.readyState !== 'complete') window.addEventListener('load', settle);
    const path = `/w/${siteKey}`;
    let tag = [...document.scripts].find(({ src }) => src.includes(`${path}.js`) || src.includes(`${path}/`));
    if (!tag) {
      const own = (tag = document.createElement('script'));
      try {
        own.src = trusted(`${service.replace(/\/+$/, '')}${path}.js${language ? `?language=${encodeURIComponent(language)}` : ''}`);
      } catch {
        return settle();
      }
      if (nonce) own.nonce = nonce;
      own.onerror = () => own.remove();
      document.head.append(own);
    }
    tag.addEventListener('load', settle);
    tag.addEventListener('error', settle);
  });
}

let rules: Rules | undefined;

/** The address as a page under Trusted Types takes it; as it is where there are none, or where our name is not let in. */
function trusted(address: string): string {
  try {
    rules ??= (window as { trustedTypes?: { createPolicy(name: string, rules: Rules): Rules } }).trustedTypes?.createPolicy('assent-tag', {
      createScriptURL: (it) => it,
    });
  } catch {
    // Then the browser refuses the address, and nothing is granted.
  }
  return rules?.createScriptURL(address) ?? address;
}
