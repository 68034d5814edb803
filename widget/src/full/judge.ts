// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { isAllowed, purposesOf } from '../choice';
import type { Choices } from '../types';

/** By element, the attributes for which a browser goes to the network. */
export const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  script: ['src'],
  iframe: ['src', 'srcdoc'],
  img: ['src', 'srcset'],
  source: ['src', 'srcset'],
  video: ['src', 'poster'],
  audio: ['src'],
  track: ['src'],
  embed: ['src'],
  object: ['data'],
  link: ['href', 'imagesrcset'],
  input: ['src'],
};

/** What the rules say of one request. */
export interface Judge {
  /** Purposes that a value of this attribute needs: of its address, of each of a list, of each that a frame's own document names. */
  needs(attribute: string, value: string): readonly string[];
  /** Whether a request waits for an answer, or has been refused. */
  holds(address: unknown): boolean;
  allows(ids: readonly string[]): boolean;
  /** Says that something with these purposes runs here. */
  passed(ids: readonly string[]): void;
}

export function createJudge(hosts: (address: string) => readonly string[], mentioned: RegExp, choices: () => Choices, ran: Set<string>): Judge {
  const allows = (ids: readonly string[]) => ids.length === 0 || isAllowed(ids, choices());
  const listed = (value: string) => [...new Set(value.split(/[\s,]+/).flatMap((part) => hosts(part)))];
  return {
    needs(attribute, value) {
      if (attribute === 'srcdoc') return mentioned.test(value) ? listed((value.match(/(https?:)?\/\/[^\s"'<>)]+/gi) ?? []).join(' ')) : [];
      return attribute.endsWith('srcset') ? listed(value) : hosts(value);
    },
    holds: (address) => !allows(hosts(`${address}`)),
    allows,
    passed: (ids) => ids.forEach((id) => ran.add(id)),
  };
}

/** The ids that an element waits for, and some more. */
export function joined(marked: string | null, ids: readonly string[]): string {
  return [...new Set([...purposesOf(marked ?? ''), ...ids])].join(' ');
}
