// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// As much of WebDriver (https://www.w3.org/TR/webdriver2/) as the tests need.

import { vi } from 'vitest';

/** A browser window under a driver's command. */
export interface Session {
  /**
   * Gives the session a command.
   *
   * @param command what stands behind `/session/{id}/`
   * @throws Error with the driver's own words if it refuses
   */
  post<T = void>(command: string, body: object): Promise<T>;
  end(): Promise<void>;
}

/** Waits until a driver takes sessions. */
export async function whenReady(address: string): Promise<void> {
  await vi.waitFor(() => call('GET', `${address}/status`), { timeout: 20_000, interval: 20 });
}

/** Opens a window without cookies, storage or history. */
export async function openSession(address: string, alwaysMatch: object): Promise<Session> {
  const { sessionId } = await call<{ sessionId: string }>('POST', `${address}/session`, { capabilities: { alwaysMatch } });
  const session = `${address}/session/${sessionId}`;
  return {
    post: (command, body) => call('POST', `${session}/${command}`, body),
    end: () => call('DELETE', session),
  };
}

async function call<T>(method: string, address: string, body?: object): Promise<T> {
  const response = await fetch(address, { method, body: body ? JSON.stringify(body) : null });
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } };
  if (!response.ok) throw new Error(`${method} ${new URL(address).pathname}: ${value.error}: ${value.message}`);
  return value;
}
