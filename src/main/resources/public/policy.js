// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The policy editor's convenience: the preview follows what is typed, and nothing typed is left
// behind by mistake. Without this script a button does the former.

const form = document.querySelector('[data-policy-editor]');
const show = form?.querySelector('[data-preview]');
const PAUSE_MILLIS = 600;
let changed = false;
let timer;

function preview() {
  const old = form.querySelector('iframe');
  // A frame that has shown nothing yet leaves no step behind in the browser's history.
  const fresh = old.cloneNode();
  fresh.removeAttribute('src');
  old.replaceWith(fresh);
  form.requestSubmit(show);
}

if (show) {
  show.hidden = true;
  form.addEventListener('input', ({ target }) => {
    if (!target.name.startsWith('/') && !target.name.startsWith('preview-')) return;
    changed ||= target.name.startsWith('/');
    clearTimeout(timer);
    timer = setTimeout(preview, PAUSE_MILLIS);
  });
  form.addEventListener('submit', ({ submitter }) => {
    if (submitter !== show) changed = false;
  });
  addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault();
  });
}
