// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
// Measures what proofs cost in a log of many records; README.md says how.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { connectionOf, record } from "./lib/recording.mjs";
import { median, run, wrk } from "./lib/run.mjs";
import { startService } from "./lib/service.mjs";
import { download, metric, resident, watch } from "./lib/watch.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const HERE = fileURLToPath(new URL("lib/", import.meta.url));

const options = Object.fromEntries(
  process.argv.slice(2).map((argument) => argument.replace(/^--/, "").split("=")),
);
const plan = {
  records: Number(options.records ?? 1_000_000),
  repeats: Number(options.repeats ?? 3),
  verifications: Number(options.verifications ?? options.repeats ?? 3),
  folder: mkdtempSync(join(options.folder ?? tmpdir(), "assent-proofs-")),
};

const service = await startService(plan.folder);
try {
  const database = connectionOf(service.data);
  await fill(database);
  const file = join(plan.folder, "export.ndjson");
  await repeat("export", plan.repeats, () => exportTo(file));
  await repeat("verify, -Xmx128m", plan.verifications, () => verify(file));
  await receipts(database);
  await repeat("receipt by id, 4 connections", plan.repeats, () => receipts(database));
} finally {
  await service.stop();
  rmSync(plan.folder, { recursive: true, force: true });
}

/** Records through HTTP, as widgets do, until there are enough and a checkpoint covers them. */
async function fill(database) {
  const started = Date.now();
  const count = async () => Number(await ask(database, "select coalesce(max(last_seq), 0) from site_sequence"));
  for (let stored = 0; stored < plan.records; stored = await count()) {
    await record(service, 128, Math.min(20, Math.max(2, Math.ceil((plan.records - stored) / 10_000))));
  }
  const covered = "select (select size from log_head) = (select max(size) from checkpoint)";
  while ((await ask(database, covered)) !== "t") await wait(200);
  await run("psql", ["-qc", "vacuum analyze"], { env: database });
  const timer = await metric(service, /^assent_log_checkpoints_seconds_(count|sum|max)\S* (\S+)/gm);
  say(`${await count()} records in ${seconds(started)} s`);
  say(`checkpoints: ${timer.count}, mean ${((timer.sum / timer.count) * 1000).toFixed(1)} ms`);
}

async function exportTo(file) {
  const { answer, ...taken } = await download(
    service,
    `/v1/admin/sites/${service.site.siteKey}/export`,
    { authorization: `Bearer ${service.adminKey}` },
    file,
  );
  const lines = Number(answer.headers.get("assent-last-seq"));
  return {
    value: lines / taken.seconds,
    text: `${lines} lines, ${taken.seconds.toFixed(1)} s, ${Math.round(lines / taken.seconds)} lines/s`
      + `, ${Math.round(taken.size / lines)} bytes a line, heap at most ${taken.heap} MiB, resident ${resident(service.javaPid)} MiB`,
  };
}

async function verify(file) {
  const started = Date.now();
  const child = spawn(join(ROOT, "assent"), ["verify", file], {
    env: { ...process.env, ASSENT_JAVA_OPTIONS: "-Xmx128m" },
    stdio: ["ignore", "inherit", "ignore"],
  });
  const memory = watch(async () => resident(child.pid));
  const code = await new Promise((resolve) => child.on("close", resolve));
  const taken = seconds(started);
  const most = await memory.stop();
  if (code !== 0) throw new Error(`the export does not verify: ${code}`);
  return { value: 1 / taken, text: `${taken} s, resident at most ${most} MiB` };
}

async function receipts(database) {
  const ids = join(plan.folder, "ids");
  writeFileSync(ids, await ask(database, "select id from consent_record order by random() limit 200000"));
  const outcome = await wrk({
    url: service.base,
    connections: 4,
    seconds: 10,
    script: join(HERE, "receipt.lua"),
    settings: { env: { ...process.env, RECORD_IDS: ids } },
  });
  return { value: outcome.rate, text: `${Math.round(outcome.rate)} a second, ${outcome.latency}` };
}

async function repeat(name, times, measure) {
  const rounds = [];
  for (let round = 0; round < times; round++) {
    rounds.push(await measure());
    say(`${name}: ${rounds.at(-1).text}`);
  }
  const middle = median(rounds.map(({ value }) => value));
  say(`${name}, median: ${rounds.find(({ value }) => value === middle).text}`);
}

async function ask(database, sql) {
  return (await run("psql", ["-qtAc", sql], { env: database })).trim();
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}

function say(line) {
  console.log(line);
}
