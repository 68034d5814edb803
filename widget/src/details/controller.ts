// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { element, link } from '../element';
import type { ControllerDetails } from './artefact';

/** Who answers for all this, and how they are reached. */
export function drawController({ name, address, contact = '' }: ControllerDetails, heading: string): HTMLElement {
  return element(
    'div',
    { class: 'assent-part', 'data-assent': 'responsible' },
    element('h3', {}, heading),
    element('p', {}, element('bdi', {}, name)),
    address && element('p', {}, element('bdi', { class: 'assent-lines' }, address)),
    contact && element('p', {}, drawContact(contact)),
  );
}

/** A link where it is plainly a web address or an e-mail address. */
function drawContact(contact: string): HTMLElement {
  const mail = /^[^\s@?&%:/]+@[^\s@?&%:/]+$/.test(contact) && element('a', { href: `mailto:${contact}`, 'data-assent': 'contact' }, contact);
  return element('bdi', {}, mail || link('contact', contact, contact) || contact);
}
