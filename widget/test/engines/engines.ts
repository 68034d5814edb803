// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { describe } from 'vitest';
import type { Browser, Engine } from './browser';
import { chromium } from './chromium';
import { firefox } from './firefox';
import { webkit } from './webkit';

const ENGINES = [chromium, firefox, webkit];

/** Engines without which the tests fail: Chromium, and what ASSENT_ENGINES names, parted by commas. */
const NEEDED = ['chromium', ...(process.env.ASSENT_ENGINES?.split(',') ?? [])].filter(Boolean);

/**
 * Declares the same tests for each engine. One that is not on this machine is passed over, and what
 * to install is said, unless it is needed.
 */
export function inEachEngine(tests: (launch: () => Promise<Browser>) => void): void {
  const unknown = NEEDED.filter((needed) => !ENGINES.some(({ name }) => name === needed));
  if (unknown.length) throw new Error(`ASSENT_ENGINES names no engine of ours: ${unknown}`);
  for (const engine of ENGINES) {
    const program = engine.program();
    const passedOver = !program && !NEEDED.includes(engine.name);
    if (passedOver) console.warn(`no tests in ${engine.name}, for it is not here: install ${engine.remedy}`);
    // GTK's driver now and then loses a session on a busy machine: each try has a new one.
    describe.skipIf(passedOver)(engine.name, { retry: engine.name === 'webkit' ? 2 : 0 }, () => tests(() => launch(engine, program)));
  }
}

async function launch(engine: Engine, program: string | undefined): Promise<Browser> {
  if (!program) throw new Error(`${engine.name} is not here: install ${engine.remedy}`);
  return engine.launch(program);
}
