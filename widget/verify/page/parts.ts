// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** The element of the page with this id. */
export const part = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

/** An input or text area of the page. */
export const field = (id: string): HTMLInputElement | HTMLTextAreaElement => part<HTMLInputElement | HTMLTextAreaElement>(id);

/** A new element with a text; whatever the text holds, it stays text. */
export function made(name: string, text: string, className = ''): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
