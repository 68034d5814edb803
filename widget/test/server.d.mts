// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choice, Payload } from '../src/types';

export interface TestServer {
  policy: Payload;
  pages: Record<string, string | { body: string; headers: Record<string, string> }>;
  answer: number;
  posts: { choice: Choice; path: string; headers: Record<string, string> }[];
  requests: string[];
  origin: string;
  close(): void;
}
export function startServer(): Promise<TestServer>;
