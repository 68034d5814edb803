// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
//
// Makes the workspace nicer; everything works without. A receipt may be taken from a file, and what is
// taken home shows how far it is.

/** More numbers than these are left to the browser's own list of downloads: they need not fit in memory. */
const MANY = 200_000;

for (const place of document.querySelectorAll('[data-file]')) {
  const text = place.querySelector('textarea');
  const label = document.createElement('label');
  const file = document.createElement('input');
  label.className = 'small soft';
  label.textContent = 'Or from a file ';
  file.type = 'file';
  file.accept = '.tlog-proof,.json,.txt';
  file.addEventListener('change', async () => {
    if (file.files[0]) {
      text.value = await file.files[0].text();
    }
  });
  label.append(file);
  place.append(label);
}

for (const form of document.querySelectorAll('form[data-progress]')) {
  const shown = document.createElement('div');
  shown.className = 'running';
  form.append(shown);
  form.addEventListener('submit', (event) => {
    const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
    event.preventDefault();
    take(address, shown);
  });
}

/** Fetches a file, telling how far it is, and hands it to the browser to be saved. */
async function take(address, shown) {
  const bar = document.createElement('progress');
  const said = document.createElement('p');
  bar.setAttribute('aria-label', 'Progress');
  said.setAttribute('role', 'status');
  said.textContent = 'It begins…';
  shown.replaceChildren(bar, said);
  try {
    const answer = await fetch(address, {headers: {Accept: '*/*'}});
    const total = numbers(answer);
    if (!answer.ok || answer.headers.get('Content-Disposition') === null || total > MANY) {
      await answer.body?.cancel();
      location.assign(address);
      shown.replaceChildren();
      return;
    }
    const pieces = await read(answer, total, bar, said);
    save(new Blob(pieces), answer);
    said.textContent += ' It is saved.';
  } catch {
    bar.remove();
    said.textContent = 'It broke off: what has come is not whole. Try again.';
  }
}

function numbers(answer) {
  const first = Number(answer.headers.get('Assent-First-Seq'));
  const last = Number(answer.headers.get('Assent-Last-Seq'));
  return last >= first && first > 0 ? last - first + 1 : 0;
}

async function read(answer, total, bar, said) {
  const isLines = answer.headers.get('Content-Type').includes('ndjson');
  const pieces = [];
  let lines = 0;
  let bytes = 0;
  if (isLines && total > 0) {
    bar.max = total;
  }
  for (const reader = answer.body.getReader(); ; ) {
    const {done, value} = await reader.read();
    if (done) {
      bar.value = bar.max;
      return pieces;
    }
    pieces.push(value);
    bytes += value.length;
    if (isLines) {
      for (const byte of value) {
        lines += byte === 10 ? 1 : 0;
      }
      bar.value = lines;
      said.textContent = `${lines.toLocaleString('en')} of ${total.toLocaleString('en')} numbers.`;
    } else {
      said.textContent = `${(bytes / 1e6).toFixed(1)} MB.`;
    }
  }
}

function save(blob, answer) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition'))[1];
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
