// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Payload, Texts } from '../src/types';

export function builtIn(language: string): Texts;
export function samplePolicy(options?: Partial<Payload> & { languages?: string[] }): Payload;
export function script(policy: Payload): string;
