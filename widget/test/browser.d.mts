// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Browser } from 'playwright-core';

export function launch(): Promise<Browser>;
