// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { DetailTexts } from '../src/details/artefact';
import type { Payload, Texts } from '../src/types';

export function builtIn(language: string): Texts & { details: DetailTexts };
export function samplePolicy(options?: Partial<Payload> & { languages?: string[] }): Payload;
export function artefactOf(policy: Payload): string;
export function hashOf(policy: Payload): string;
export function payloadOf(policy: Payload): Payload;
export function script(policy: Payload): string;
export function detailsScript(): string;
export function detailsHash(): string;
