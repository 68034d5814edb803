// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
//
// Puts what stands behind the # of a link into the form, and takes it out of the address, so that
// nobody copies or bookmarks it. Without a script it is typed by hand.
const field = document.querySelector('[data-link-token]');
const token = location.hash.slice(1);
if (field && token) {
  const input = field.querySelector('input');
  input.value = token;
  field.hidden = true;
  history.replaceState(null, '', location.pathname);
  const form = input.form;
  if ('send' in form.dataset) {
    form.requestSubmit();
  }
}
