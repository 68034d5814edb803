// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
// Measures what operators wait for: publishing, webhooks, evidence packs; README.md says how.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { signUp } from "./lib/operator.mjs";
import { record } from "./lib/recording.mjs";
import { cpuSeconds, median } from "./lib/run.mjs";
import { caller, DRAFT, startService } from "./lib/service.mjs";
import { download, resident } from "./lib/watch.mjs";
import { choose, receiver, straight } from "./lib/webhooks.mjs";

const LANGUAGES = (
  "en bg cs da de el es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv no is uk tr ar he"
).split(" ");
const MIB = 1024 * 1024;

const options = Object.fromEntries(
  process.argv.slice(2).map((argument) => argument.replace(/^--/, "").split("=")),
);
const plan = {
  only: (options.only ?? "publishing,webhooks,pack").split(","),
  records: Number(options.records ?? 1_000_000),
  repeats: Number(options.repeats ?? 5),
  seconds: Number(options.seconds ?? 20),
  rates: (options.rates ?? "100,1000").split(",").map(Number),
  folder: mkdtempSync(join(options.folder ?? tmpdir(), "assent-operations-")),
};

const service = await startService(plan.folder, { ASSENT_WEBHOOK_PRIVATE: "true" });
try {
  const operator = await signUp(service);
  if (plan.only.includes("publishing")) await publishing();
  if (plan.only.includes("webhooks")) await webhooks(operator);
  if (plan.only.includes("pack")) await pack(operator);
} finally {
  await service.stop();
  rmSync(plan.folder, { recursive: true, force: true });
}

/** Versions with one language beside versions with thirty, in turn, on a site of their own. */
async function publishing() {
  const call = caller(service.base, service.adminKey);
  const { siteKey } = await call("POST", "/sites", { name: "Many", origins: ["https://shop.example"] });
  const taken = { 1: [], 30: [] };
  const spent = { 1: 0, 30: 0 };
  for (let round = 0; round <= plan.repeats; round++) {
    for (const count of [1, 30]) {
      const texts = Object.fromEntries(LANGUAGES.slice(0, count).map((language) => [language, {}]));
      await call("PUT", `/sites/${siteKey}/draft`, { ...DRAFT, texts });
      const before = cpuSeconds(service.processes());
      const begun = performance.now();
      await call("POST", `/sites/${siteKey}/policies`, { material: true, reason: `${count} in round ${round}` });
      if (round === 0) continue;
      taken[count].push(performance.now() - begun);
      spent[count] += cpuSeconds(service.processes()) - before;
    }
  }
  for (const [count, times] of Object.entries(taken)) {
    say(
      `publishing ${count} languages: ${Math.round(median(times))} ms (${times.map(Math.round).join(", ")}),`
        + ` ${Math.round((spent[count] / times.length) * 1000)} ms of processor time`,
    );
  }
}

/** How long after its answer a choice is told, at each rate, and how many a second are told. */
async function webhooks(operator) {
  const owner = await receiver();
  say(`receiver alone, 16 side by side: ${Math.round(await straight(owner.url, 5_000))} messages/s`);
  const made = [["url", owner.url], ["types", "consent.recorded"]];
  await operator.post(`/console/sites/${service.site.siteKey}/webhooks`, made);
  await choose(service, 50, 5);
  for (const rate of plan.rates) await told(owner, rate);
  owner.stop();
}

async function told(owner, rate) {
  const before = cpuSeconds(service.processes());
  const begun = performance.now();
  const answered = await choose(service, rate, plan.seconds);
  const recorded = (performance.now() - begun) / 1000;
  const missing = () => [...answered.keys()].filter((id) => !owner.told.has(id)).length;
  const late = missing();
  while (missing() > 0) await wait(100);
  const lags = [...answered].map(([id, at]) => (owner.told.get(id) - at) / 1000).sort((a, b) => a - b);
  const last = Math.max(...[...answered.keys()].map((id) => owner.told.get(id)));
  const at = (share) => lags[Math.min(lags.length - 1, Math.floor(lags.length * share))].toFixed(2);
  say(
    `webhooks: ${Math.round(answered.size / recorded)} choices/s for ${recorded.toFixed(1)} s,`
      + ` told ${Math.round(answered.size / ((last - begun) / 1000))}/s; told later than answered by p50 ${at(0.5)} s,`
      + ` p99 ${at(0.99)} s, at most ${at(1)} s; ${late} waited when the last was answered;`
      + ` ${((1000 * (cpuSeconds(service.processes()) - before)) / answered.size).toFixed(1)} ms of processor time each`,
  );
}

/** An evidence pack beside an export of the same records. */
async function pack(operator) {
  const { siteKey } = service.site;
  const admin = { authorization: `Bearer ${service.adminKey}` };
  const head = async () => (await fetch(`${service.base}/log/checkpoint`)).text();
  const size = async () => Number((await head()).split("\n")[1]);
  while ((await size()) < plan.records) await record(service, 128, 10);
  await wait(3000);
  say(`${await size()} entries in the log`);
  for (const [name, path, headers] of [
    ["export", `/v1/admin/sites/${siteKey}/export`, admin],
    ["evidence pack", `/console/sites/${siteKey}/audit/pack.zip`, { cookie: operator.cookie() }],
  ]) {
    const before = cpuSeconds(service.processes());
    const taken = await download(service, path, headers, join(plan.folder, "taken"));
    say(
      `${name}: ${taken.seconds.toFixed(1)} s, ${(cpuSeconds(service.processes()) - before).toFixed(1)} s of processor time,`
        + ` ${Math.round(taken.size / MIB)} MiB, heap at most ${taken.heap} MiB, resident ${resident(service.javaPid)} MiB`,
    );
  }
}

function say(line) {
  console.log(line);
}
