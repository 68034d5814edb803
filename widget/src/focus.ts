// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Remembers where focus was and gives the function that brings it back: to the same element, or to
 * `instead` where that is gone. Only a focus that was to be seen is moved on to `instead`, so that a
 * space bar meant for the page does not press a button which the mouse never chose.
 */
export function keepFocus(instead: () => HTMLElement | undefined): () => void {
  const before = document.activeElement;
  const opener = before instanceof HTMLElement && before !== document.body ? before : undefined;
  const visible = opener?.matches(':focus-visible') ?? false;
  return () => {
    (opener?.isConnected ? opener : visible ? instead() : undefined)?.focus({ preventScroll: true });
  };
}
