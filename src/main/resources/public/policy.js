// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The policy editor's convenience: the preview and what stands in the way of publishing follow what
// is typed, and nothing typed is left behind by mistake. Without this script buttons do the former.

const form = document.querySelector('[data-policy-editor]');
const show = form?.querySelector('[data-preview]');
const check = form?.querySelector('[data-check]');
const PAUSE_MILLIS = 600;
let changed = form?.dataset.unsaved !== undefined;
let timer;
let asked = 0;

function preview() {
  const old = form.querySelector('iframe');
  // A frame that has shown nothing yet leaves no step behind in the browser's history.
  const fresh = old.cloneNode();
  fresh.removeAttribute('src');
  old.replaceWith(fresh);
  form.requestSubmit(show);
}

/** Asks what the button would be told, and puts it where it stands on the page that it leads to. */
async function judge() {
  const mine = ++asked;
  const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, check)) });
  const told = new DOMParser().parseFromString(await answer.text(), 'text/html');
  // Not the newest question any more, or an answer of another page: the session has ended.
  if (mine !== asked || !told.querySelector('[data-verdict]')) return;
  for (const part of ['[data-notes]', '[data-verdict]']) {
    document.querySelector(part).replaceChildren(...told.querySelector(part).childNodes);
  }
  document.querySelectorAll('[data-notes] [role=alert]').forEach((note) => note.removeAttribute('role'));
  mark(told);
}

function mark(told) {
  for (const old of form.querySelectorAll('.wrong[id]')) {
    describe(old.id, (described) => described.delete(old.id), null);
    old.remove();
  }
  for (const wrong of told.querySelectorAll('[data-policy-editor] .wrong[id]')) {
    const field = describe(wrong.id, (described) => described.add(wrong.id), 'true');
    (field?.closest('.field, .choice') ?? field)?.append(wrong);
  }
}

/** Changes what a field is described by; the id of its fault is its own with `-wrong` behind. */
function describe(id, change, invalid) {
  const field = document.getElementById(id.replace(/-wrong$/, ''));
  if (!field?.matches('input, select, textarea')) return field;
  const described = new Set((field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean));
  change(described);
  if (described.size) field.setAttribute('aria-describedby', [...described].join(' '));
  else field.removeAttribute('aria-describedby');
  if (invalid) field.setAttribute('aria-invalid', invalid);
  else field.removeAttribute('aria-invalid');
  return field;
}

if (show) {
  show.hidden = true;
  form.addEventListener('input', ({ target }) => {
    if (!target.name.startsWith('/') && !target.name.startsWith('preview-')) return;
    const drafted = target.name.startsWith('/');
    changed ||= drafted;
    clearTimeout(timer);
    timer = setTimeout(() => {
      preview();
      if (drafted && check) judge().catch(() => {});
    }, PAUSE_MILLIS);
  });
  form.addEventListener('submit', ({ submitter }) => {
    if (submitter !== show) changed = false;
  });
  addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault();
  });
}

if (check) check.hidden = true;

// Browsers show where one writes in a large field; its rest may lie behind the bar that saves.
form?.addEventListener('focusin', ({ target }) => target.closest('.bar') || target.scrollIntoView({ block: 'nearest' }));

// A fault's link may lead into a part that is folded.
document.addEventListener('click', ({ target }) => {
  const link = target.closest?.('[data-notes] a[href^="#"]');
  for (let part = link && document.getElementById(link.hash.slice(1)); part; part = part.parentElement) {
    if (part.matches('details')) part.open = true;
  }
});
