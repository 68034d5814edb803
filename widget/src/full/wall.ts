// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choices, Payload } from '../types';
import { createDiversion } from './diversion';
import { watchElements } from './elements';
import { createHosts } from './hosts';
import { createJudge } from './judge';
import { watchMarkup } from './markup';
import { refuseRequests } from './network';

/** The host rules, in the full build: they mark what the page has not, so that it is held in the same way. */
export interface Wall {
  /** Purposes of what has run here without being held. */
  ran: Set<string>;
  /** Marks this and all below that goes to a held host; of a whole document only its frames, for the rest has been requested. */
  mark(root: Node): void;
  /** Sets an attribute past the wall; without a value removes it. */
  put(element: Element, name: string, value?: string): void;
}

/**
 * The owner's host rules: of a held host nothing is requested without its purposes, though nobody
 * has marked it. Elements are marked as they are made, and held as if the page had done so; the rest
 * is refused.
 *
 * @param base address of the service, which is never held
 * @returns nothing where the policy has no such rule: then nothing of the browser's is touched
 */
export function raiseWall({ purposes }: Payload, base: string | undefined, choices: () => Choices): Wall | undefined {
  const patterns = purposes.flatMap(({ required, hosts }) => (!required && hosts) || []);
  if (!patterns.length) return undefined;
  const mentioned = new RegExp(patterns.map((it) => it.replace(/^\*\./, '').replace(/[^\w-]/g, '\\$&')).join('|'), 'i');
  const ran = new Set<string>();
  const free = [location.hostname, base ? new URL(base).hostname : ''];
  const judge = createJudge(createHosts(purposes, free, () => document.baseURI), mentioned, choices, ran);
  const diversion = createDiversion(judge);
  watchElements(diversion, judge);
  watchMarkup(judge, mentioned);
  refuseRequests(judge);
  return { ran, put: diversion.put, mark: diversion.mark };
}
