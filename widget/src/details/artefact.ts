// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Action, Texts } from '../types';

/** What the second part reads of a policy artefact: the document that lies in the log. Optional fields are left out, never null. */
export interface Artefact {
  version: number;
  material: boolean;
  purposes: DeclaredPurpose[];
  controller?: ControllerDetails;
  defaultLanguage: string;
  texts: Record<string, Texts & { details: DetailTexts }>;
}

export interface ControllerDetails {
  name: string;
  /** Perhaps of several lines. */
  address?: string;
  /** An e-mail address, a web address or any other way. */
  contact?: string;
}

export interface DeclaredPurpose {
  id: string;
  required?: boolean;
  /** The newest material version that changed it. */
  since?: number;
  trackers?: DeclaredTracker[];
  hosts?: string[];
  signals?: string[];
  dpv?: unknown;
  saleOrShare?: boolean;
}

export type DeclaredType = 'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'script' | 'pixel';

export interface DeclaredTracker {
  name: string;
  type: DeclaredType;
  /** Who sets or reads it. Absent: the site itself. */
  provider?: string;
  domain?: string;
  /** ISO 8601 duration, or `session` (until the browser closes). Absent: not said. */
  lifetime?: string;
  match?: 'exact' | 'prefix';
  /** Others than the site can read it. */
  thirdParty?: boolean;
}

/** Words that only the second part shows; placeholders in braces are listed at each key. */
export interface DetailTexts {
  /** `{count}`: opens the table of trackers. */
  trackers: string;
  trackerName: string;
  trackerType: string;
  trackerLifetime: string;
  types: Record<DeclaredType, string>;
  /** Lifetime `session`. */
  untilClosed: string;
  /** Behind a provider whose tracker others can read. */
  thirdParty: string;
  /** Heading over the controller. */
  responsible: string;
  /** `{id}`. */
  recordId: string;
  /** `{date}`: the day on which the choice ends. */
  validUntil: string;
  /** The choice has not reached the service yet. */
  pending: string;
  receipt: string;
  receiptAbout: string;
  history: string;
  historyEmpty: string;
  historyFailed: string;
  actions: Record<Action, string>;
  /** `{purposes}`: what was on after a choice. */
  agreed: string;
  agreedNothing: string;
  erase: string;
  eraseAbout: string;
  eraseConfirm: string;
  eraseCancel: string;
  erased: string;
  eraseFailed: string;
  /** `{date}` `{controller}`. */
  notice: string;
  noticeTitle: string;
  /** `{names}`, as the next two. */
  noticeAdded: string;
  noticeChanged: string;
  noticeRemoved: string;
  /** The coming version is material. */
  noticeAsks: string;
  noticeClose: string;
}

/** The words of one language, else of the default language. */
export function wordsIn({ texts, defaultLanguage }: Artefact, language: string): Texts & { details: DetailTexts } {
  return texts[language] ?? texts[defaultLanguage]!;
}
