// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { defineConfig } from 'vitest/config';

export default defineConfig({
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
