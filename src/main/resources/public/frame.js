// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
//
// What every page of the console does with scripts: it begins at what was just done, so that whoever
// listens hears it, and a second click at once does not send a form again. Without scripts the
// message stands first on the page, and the service itself makes nothing twice.
const CLICKS_MS = 2000;
const told = document.querySelector('[data-told]');
if (told && !location.hash) {
  told.focus();
}
let last;
addEventListener('submit', (event) => {
  const form = event.target;
  // What is drawn in a frame of the page, such as a preview, is no sending of the form.
  if (event.defaultPrevented || form.method !== 'post' || event.submitter?.formTarget) {
    return;
  }
  if (last && last.form === form && event.timeStamp - last.at < CLICKS_MS) {
    event.preventDefault();
    return;
  }
  last = { form, at: event.timeStamp };
});
