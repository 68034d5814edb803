// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choices } from '../types/assent';

export type { Assent, Cause, Change, Choices, Recorded } from '../types/assent';

/**
 * What the service puts behind the script: one site's live policy with its texts.
 * Optional fields are left out, never null.
 */
export interface Payload {
  /** Public key of the site, as in `/w/{site}.js`. */
  site: string;
  /** Number of the live policy version, 1 or more. */
  version: number;
  /** SHA-256 of the policy artefact, 64 lower-case hex digits. */
  sha256: string;
  /** Newest material version. A choice made under an older one is asked again. 0: there is nothing to choose, and nobody is asked. */
  asks: number;
  /** How long a choice holds, in seconds; refusals as long as acceptances. */
  maxAgeSeconds: number;
  /** `Domain` of the cookie, for one choice across subdomains. Absent: this host alone. */
  cookieDomain?: string;
  /** http or https. Absent: no link is shown. */
  privacyPolicyUrl?: string;
  /** Who asks. Absent: the page's host name stands in its place. */
  controller?: { name: string; address?: string; contact?: string };
  /** Reload the page when a script that has run loses its purpose. Default false. */
  reloadOnWithdrawal?: boolean;
  /** Send Google Consent Mode v2 signals. Default false: nothing of Google's is touched. */
  googleConsentMode?: boolean;
  /** Tell Microsoft's tags (UET, Clarity) as Google's are told. Default false. */
  microsoftConsentMode?: boolean;
  /** Ask and release Matomo's tracker. Default false. */
  matomo?: boolean;
  /** Tell the service of each banner shown, without any id. Default false. */
  countShown?: boolean;
  /** One page view in how many names what no tracker declares; 1: each. Absent: none. */
  sampleUndeclared?: number;
  /** A version that takes effect later, announced ahead. */
  notice?: Notice;
  /** In the order shown. */
  purposes: Purpose[];
  /** Language of {@link texts} for visitors whose own is not there. */
  defaultLanguage: string;
  /** Complete texts by BCP 47 language; at least the default language. */
  texts: Record<string, Texts>;
  appearance?: Appearance;
}

/** The artefact of a coming version, and when to speak of it: Unix seconds by the browser's clock. */
export interface Notice {
  version: number;
  sha256: string;
  /** Shown from then on. */
  from: number;
  /** Takes effect then. */
  at: number;
}

export interface Purpose {
  /** `[A-Za-z][A-Za-z0-9_-]*`; what `data-assent` names. */
  id: string;
  /** Always on, never asked. Default false. */
  required?: boolean;
  /** The newest material version that changed this purpose: an older choice does not speak of it. Default `asks`. */
  since?: number;
  /** Sells or shares data: Global Privacy Control switches it off. Default false. */
  sale?: boolean;
  /** Hosts (`example.com`, `*.example.com`) of which nothing is requested without this purpose. Absent: none. */
  hosts?: string[];
  /** Google consent types that this purpose grants, such as `analytics_storage`. Absent: none. */
  signals?: string[];
  /** What a script can clear. Absent: nothing. */
  trackers?: Tracker[];
}

export type TrackerType = 'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB';

export interface Tracker {
  /** Cookie name, storage key or database name; for `prefix` its beginning (a closing `*` is ignored). */
  name: string;
  type: TrackerType;
  /** Cookie domain, if it is neither this host nor a parent of it. */
  domain?: string;
  /** Default `exact`. */
  match?: 'exact' | 'prefix';
}

export interface Appearance {
  /** Default `bottom`. */
  position?: 'bottom' | 'bottom-left' | 'bottom-right' | 'center';
  /** `#rgb` or `#rrggbb`; shifted where it would not be legible. Default `#0f4c5c`. */
  accent?: string;
  /** Corner radius of buttons in CSS pixels, 0 to 24; cards take twice that. Default 8. */
  radius?: number;
  /** How preferences are reached after an answer. Default `floating`; `none`: the site has its own link. */
  reopen?: 'floating' | 'none';
}

/**
 * Every word the visitor reads, plain text. Placeholders in braces are listed at each key;
 * unknown ones stay as they are.
 */
export interface Texts {
  /** Heading of the banner, and its name for assistive technology. Says "cookies". */
  title: string;
  /** `{controller}`. Says what is asked and that the answer can be changed. */
  body: string;
  acceptAll: string;
  rejectAll: string;
  /** Opens the preferences. */
  choose: string;
  save: string;
  /** Name of the button that leaves the preferences without change. */
  close: string;
  preferencesTitle: string;
  /** `{controller}`. */
  preferencesBody: string;
  /** Beside a required purpose. */
  alwaysOn: string;
  /** State line before an answer. */
  undecided: string;
  /** `{date}`: state line after an answer. */
  decided: string;
  /** Link to the proof page. */
  record: string;
  /** `{date}`: why it is asked again. */
  changed: string;
  /** Beside a purpose that is new or changed since the visitor's choice. */
  isChanged: string;
  /** The owner's own words on what changed. Absent: none. */
  changes?: string;
  withdraw: string;
  /** Floating button. */
  reopen: string;
  /** Announced after an answer. */
  saved: string;
  /** In the preferences, where the second part does not come. */
  failed: string;
  /** `{purpose}` `{host}`: in place of a held frame. */
  frame: string;
  /** Loads this frame, this time. */
  allowOnce: string;
  /** Link to the privacy policy. */
  privacyPolicy: string;
  /** Shown while the browser sends Global Privacy Control. */
  gpc: string;
  /** By purpose id. A purpose without text shows its id. */
  purposes: Record<string, { name: string; description: string }>;
}

export type Action = 'accept_all' | 'reject_all' | 'save' | 'withdraw' | 'gpc';
export type Source = 'banner' | 'preferences' | 'gpc' | 'api';

/** What is sent to the service, once per answer; `id` makes a repeat harmless. */
export interface Choice {
  /** UUIDv7. */
  id: string;
  policy: { version: number; sha256: string };
  /** Every purpose of the policy; required ones true. */
  choices: Choices;
  action: Action;
  source: Source;
  /** The language that was shown. */
  language: string;
  /** `mobile`: viewport narrower than 640 CSS pixels. */
  layout: 'mobile' | 'desktop';
  /** The browser's clock, `YYYY-MM-DDThh:mm:ss.SSSZ`. */
  occurredAt: string;
  /** 32 random bytes, base64url, kept in this browser. Proves later that the records are this visitor's. */
  secret: string;
  /** Id of this visitor's choice before. Absent: the first. */
  previous?: string | undefined;
}

/** The cookie `assent`: all that later pages need to know. */
export interface StoredChoice {
  version: number;
  /** Ids granted, required ones included. */
  granted: string[];
  /** Unix seconds, the browser's clock. */
  decidedAt: number;
  id: string;
}
