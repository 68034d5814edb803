// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

export function shop(lang?: string, parts?: { head?: string; body?: string }): string;
export function hostile(): string;
