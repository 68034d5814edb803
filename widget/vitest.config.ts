// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Set by the build; here all is there.
  define: { FULL: 'true' },
  test: {
    include: ['{test,verify/test}/**/*.test.ts'],
    // One browser at a time: the machine is shared with the service's own tests.
    fileParallelism: false,
    // Generous, for a busy machine; nothing here waits for a time, only for a state.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
  },
});
