// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The shop's own script: needed for the shop to work, so it is not held back. It also shows what
// else runs, and where the visitor's record is.

const find = (selector) => document.querySelector(selector);

/** Called by each held script when it runs: the purpose, and what it has to say. */
function ran({ purpose, says }) {
  const row = find(`[data-run="${purpose}"]`);
  row.dataset.state = 'runs';
  row.querySelector('em').textContent = 'running';
  row.querySelector('[data-says]').textContent = says;
  showKept();
}

window.demo = { ran };
(window.demoRan ?? []).forEach(ran);

function showKept() {
  const cookies = document.cookie.split('; ').filter(Boolean).map((pair) => pair.split('=')[0]);
  const keys = Object.keys(localStorage).map((key) => key.replace(/^(assent)\..*\./, '$1 '));
  const names = [...new Set([...cookies, ...keys])].sort();
  const kept = find('#kept');
  kept.replaceChildren(...names.map((name) => Object.assign(document.createElement('code'), { textContent: name })));
  if (!names.length) kept.textContent = 'nothing';
}

function showRecord(words, address) {
  const record = find('#record');
  record.textContent = words;
  if (!address) return;
  const link = Object.assign(document.createElement('a'), { href: address, textContent: 'See the record' });
  record.append(' ', link);
}

// The widget may have been here first. Its cookie is for the site's own code too: v1, policy version,
// purposes granted, when, consent id.
const [, answered] = /(?:^|; )assent=v1\.[^;]*\.([\w-]+)/.exec(document.cookie) ?? [];
if (answered) showRecord('Your answer is kept.', `/v1/consents/${answered}`);

document.addEventListener('assent:change', ({ detail: { cause, id } }) => {
  if (cause === 'stored' || cause === 'tab') showRecord('Your answer is kept.', `/v1/consents/${id}`);
  else showRecord('Your answer is on its way …');
  setTimeout(showKept, 50);
});

document.addEventListener('assent:recorded', ({ detail: { record } }) => {
  showRecord('Your answer is recorded.', record);
  showKept();
});

// The basket and the switch work at once; only remembering them for the next visit needs consent.

const shade = find('#shade');

function setShade(dark) {
  document.documentElement.dataset.shade = dark ? 'dark' : 'light';
  shade.setAttribute('aria-pressed', String(dark));
}

window.demo.setShade = setShade;
setShade(document.documentElement.dataset.shade ? document.documentElement.dataset.shade === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
shade.addEventListener('click', () => {
  setShade(shade.getAttribute('aria-pressed') !== 'true');
  document.dispatchEvent(new CustomEvent('demo:shade', { detail: document.documentElement.dataset.shade }));
  showKept();
});

for (const add of document.querySelectorAll('[data-add]'))
  add.addEventListener('click', () => {
    add.textContent = 'In your basket';
    add.disabled = true;
  });

showKept();
