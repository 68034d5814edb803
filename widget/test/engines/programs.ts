// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Programs of this machine: where they are, and how they are started and ended.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** The first of these paths at which there is something. */
export function firstOf(paths: string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

/** A program that we have started; it ends with this process if not before. */
export interface Program {
  /** The next line that it says. Rejects if it ends without one. */
  line(): Promise<string>;
  /** Asks it to end and waits until it has. */
  end(): Promise<void>;
}

/** @param settings variables of the environment beside our own */
export function start(program: string, args: string[], settings: Record<string, string> = {}): Program {
  const child = spawn(program, args, { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = createInterface(child.stdout);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'close').then(() => void process.off('exit', kill));
  return {
    async line() {
      for await (const line of lines) return line;
      throw new Error(`${program} has ended`);
    },
    end: () => (child.kill(), ended),
  };
}

/** A port of the loopback address on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
