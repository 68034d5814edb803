// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Set by the build; here all is there.
  define: { FULL: 'true' },
  test: {
    include: ['{test,verify/test}/**/*.test.ts'],
    // Two browsers at a time: they mostly wait, and the machine may have two cores.
    maxWorkers: 2,
    // Generous, for a busy machine; nothing here waits for a time, only for a state.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
