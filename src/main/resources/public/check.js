// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
//
// Checks a record's proof bundle on the record's own page, by the verifier that /verify uses too. Without
// a script, or where the browser cannot check signatures, the link to /verify is all there is.
for (const place of document.querySelectorAll('[data-check]')) {
  const button = document.createElement('button');
  const said = document.createElement('div');
  button.type = 'button';
  button.textContent = 'Check here';
  said.className = 'checked';
  said.tabIndex = -1;
  said.setAttribute('role', 'status');
  button.addEventListener('click', () => check(place.dataset.check, said));
  place.querySelector('.buttons').prepend(button);
  place.append(said);
}

async function check(address, said) {
  said.replaceChildren(made('p', 'Checking…'));
  try {
    const [{check: verify}, bytes] = await Promise.all([import('/verify.js'), fetched(address)]);
    show(await verify(bytes, 'bundle.json'), said);
  } catch (error) {
    said.replaceChildren(warns(`It could not be checked here: ${error.message}. Take the proof bundle and check it elsewhere.`));
  }
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`the bundle was answered ${answer.status}`);
  }
  return new Uint8Array(await answer.arrayBuffer());
}

function show({ok, level, steps, notes}, said) {
  const outcome = made('p', '');
  outcome.append(made('strong', ok ? `Valid, ${level}.` : 'Not valid.'));
  outcome.append(ok ? ' Your browser recomputed every step.' : ' The step that failed is the last one below.');
  const box = made('div', '');
  box.className = ok ? 'note good' : 'note warns';
  box.append(outcome);
  const list = made('ol', '');
  for (const {number, meaning, result, detail} of steps) {
    const item = made('li', `${meaning}: ${result === 'skipped' ? 'not asked for' : result}, ${detail}`);
    item.value = number;
    list.append(item);
  }
  box.append(list, ...notes.map((note) => small(`${note[0].toUpperCase()}${note.slice(1)}.`)));
  said.replaceChildren(box);
  said.focus();
}

function warns(words) {
  const box = made('p', words);
  box.className = 'note warns';
  return box;
}

function small(words) {
  const note = made('p', words);
  note.className = 'small';
  return note;
}

function made(name, words) {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}
