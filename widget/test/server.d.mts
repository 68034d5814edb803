// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Choice, Payload } from '../src/types';

export interface TestServer {
  policy: Payload;
  pages: Record<string, string | { body: string; headers: Record<string, string> }>;
  coming: Payload | undefined;
  answer: number;
  visitorAnswer: number;
  posts: { choice: Choice; path: string; headers: Record<string, string> }[];
  requests: string[];
  asked: { path: string; body: { site: string; secret: string; after?: string } }[];
  records: { secret: string; record: { id: string } }[];
  pageSize: number;
  alter(path: string, body: string): string;
  origin: string;
  close(): void;
}
export function startServer(): Promise<TestServer>;
