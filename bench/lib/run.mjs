// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";

const TICKS_PER_SECOND = 100;

/** Runs a command to its end and gives what it printed; throws if it fails. */
export function run(command, commandArguments, settings = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, settings);
    let output = "";
    child.stdout?.on("data", (data) => (output += data));
    child.stderr?.on("data", (data) => (output += data));
    child.on("error", () => reject(new Error(`${command} is missing: README.md says how to get it`)));
    child.on("close", (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} failed (${code}):\n${output}`)),
    );
  });
}

/**
 * Runs `work`, which resolves to a number of things done, in turn for each contestant, and gives for
 * each the median rate and what a second of its processors' time did.
 */
export async function interleave(contestants, plan) {
  const results = contestants.map(() => []);
  for (let round = 0; round < plan.repeats; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const before = cpuSeconds(contestant.processes());
      const outcome = await contestant.work();
      const spent = cpuSeconds(contestant.processes()) - before;
      results[i].push({ ...outcome, perCpuSecond: outcome.count / spent });
    }
  }
  return contestants.map((contestant, i) => ({
    name: contestant.name,
    isReference: contestant.isReference ?? false,
    rate: median(results[i].map((r) => r.rate)),
    rates: results[i].map((r) => r.rate),
    perCpuSecond: median(results[i].map((r) => r.perCpuSecond)),
    latency: results[i][Math.floor(results[i].length / 2)].latency,
  }));
}

/** Seconds of processor time of these processes, with their children's that have ended. */
export function cpuSeconds(pids) {
  let ticks = 0;
  for (const pid of pids) {
    const fields = statOf(pid);
    if (fields) ticks += fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  }
  return ticks / TICKS_PER_SECOND;
}

/** A process and all that descend from it. */
export function family(pid) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = (parent) => all.filter((child) => statOf(child)?.[1] === String(parent));
  const members = [String(pid)];
  for (let i = 0; i < members.length; i++) members.push(...children(members[i]));
  return members;
}

/** Fields of /proc/PID/stat after the name, so [0] is the state and [1] the parent. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  } catch {
    return undefined;
  }
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs wrk and gives rate, count and latencies; throws if any answer was not 2xx. */
export async function wrk({ url, connections, seconds, script, headers = {}, settings }) {
  const flags = ["-t2", `-c${connections}`, `-d${seconds}s`, "--timeout", "10s", "--latency"];
  if (script) flags.push("-s", script);
  for (const [name, value] of Object.entries(headers)) flags.push("-H", `${name}: ${value}`);
  const output = await run("wrk", [...flags, url], settings);
  if (/Non-2xx|Socket errors/.test(output)) throw new Error(`wrk saw failures:\n${output}`);
  const at = (percent) => output.match(new RegExp(`\\n\\s*${percent}%\\s+(\\S+)`))[1];
  return {
    rate: Number(output.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    count: Number(output.match(/(\d+) requests in/)[1]),
    latency: `p50 ${at(50)}, p99 ${at(99)}`,
  };
}
