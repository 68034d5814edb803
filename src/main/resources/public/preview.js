// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What stands between the real banner and the world while one looks at it: it reads the document
// that lies in this page, and sends nothing. The page's policy forbids that too; this keeps the
// banner from being told that something failed.

(() => {
  const artefact = document.querySelector('meta[name=artefact]').content;
  const dark = document.documentElement.dataset.scheme === 'dark';
  const answer = () => new Response(artefact, { headers: { 'content-type': 'application/json' } });

  globalThis.fetch = async (address) => {
    if (new URL(address).pathname.startsWith('/v1/artefacts/')) return answer();
    throw new TypeError('a preview sends nothing');
  };

  // The one who looks chooses light or dark, not the machine.
  const { replaceSync } = CSSStyleSheet.prototype;
  CSSStyleSheet.prototype.replaceSync = function (css) {
    replaceSync.call(this, css.replace(/\(prefers-color-scheme: ?dark\)/g, dark ? ' all' : ' not all'));
  };
})();
