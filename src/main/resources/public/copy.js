// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
//
// Gives what is to be copied a button. Without a script, or where the clipboard is closed, its text
// is selected by hand.
for (const place of document.querySelectorAll('[data-copy]')) {
  const text = place.querySelector('textarea');
  const button = document.createElement('button');
  const said = document.createElement('span');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy: ${text.getAttribute('aria-label')}`);
  said.className = 'small soft';
  said.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      said.textContent = 'Copied.';
    } catch {
      text.focus();
      said.textContent = 'Selected: copy it with your keyboard.';
    }
  });
  place.append(button, said);
}
