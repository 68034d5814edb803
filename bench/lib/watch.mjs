// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { createWriteStream, readFileSync, statSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";

const MIB = 1024 * 1024;

/** The largest of what `look` gives twice a second until it is stopped. */
export function watch(look) {
  let most = 0;
  let watching = true;
  const done = (async () => {
    while (watching) {
      most = Math.max(most, (await look().catch(() => 0)) || 0);
      await wait(500);
    }
    return most;
  })();
  return { stop: () => ((watching = false), done) };
}

/** Sums of the service's metrics that match, by the pattern's first group. */
export async function metric(service, pattern) {
  const text = await (await fetch(`${service.base}/prometheus`)).text();
  const sums = {};
  for (const [, name, value] of text.matchAll(pattern)) sums[name] = (sums[name] ?? 0) + Number(value);
  return sums;
}

/** MiB of memory that the process has had at most. */
export function resident(pid) {
  return Math.round(Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1024);
}

/** Fetches `path` into a file; gives its size, the seconds that it took and the MiB of heap that were used at most. */
export async function download(service, path, headers, file) {
  const started = Date.now();
  const heap = watch(async () => (await metric(service, /^jvm_memory_used_bytes\{area="(heap)",id="[^"]*"\S* (\S+)/gm)).heap);
  const answer = await fetch(service.base + path, { headers });
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(file));
  return {
    answer,
    seconds: (Date.now() - started) / 1000,
    size: statSync(file).size,
    heap: Math.round((await heap.stop()) / MIB),
  };
}
