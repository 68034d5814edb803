// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
// Measures the banner beside others in one browser; README.md says how and why.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { launch } from "../widget/test/browser.mjs";
import { median } from "./lib/run.mjs";
import { contestants } from "./lib/widget/contestants.mjs";
import { installOthers } from "./lib/widget/others.mjs";
import { replaceTable, tableOf } from "./lib/widget/rows.mjs";
import { serve } from "./lib/widget/server.mjs";
import { spendScript, timeBanner, traceTasks } from "./lib/widget/visit.mjs";

const TARGET = new URL("../target/widget-bench/", import.meta.url).pathname;
const README = new URL("../widget/README.md", import.meta.url).pathname;
const option = (name) => process.argv.find((argument) => argument.startsWith(`--${name}`));
const runs = option("quick") ? 3 : Number(option("runs")?.split("=")[1] ?? process.argv[process.argv.indexOf("--runs") + 1]) || 5;

mkdirSync(TARGET, { recursive: true });
const all = contestants(installOthers(`${TARGET}others`));
const server = await serve(all);
const browser = await launch();
const raw = [];
try {
  // The first round only warms up.
  for (let round = 0; round <= runs; round++) {
    for (const contestant of turned(all, round)) {
      const visit = await visitAll(contestant);
      if (round > 0) raw.push({ round, load: loadavg()[0], key: contestant.key, ...visit });
    }
    console.error(`round ${round} of ${runs}, load ${loadavg()[0].toFixed(1)}`);
  }
} finally {
  await browser.close();
  server.close();
}
const results = all.map(({ key, name }) => ({ key, name, ...medians(raw.filter((visit) => visit.key === key)) }));
writeFileSync(`${TARGET}widget.json`, JSON.stringify({ runs, browser: browser.version(), results, raw }, undefined, 1));
console.log(tableOf(results));
if (option("write")) writeFileSync(README, replaceTable(readFileSync(README, "utf8"), tableOf(results)));

async function visitAll(contestant) {
  return {
    home: await timeBanner(browser, server, contestant, "home"),
    none: await timeBanner(browser, server, contestant, "none"),
    cpu: await spendScript(browser, server, contestant),
    trace: await traceTasks(browser, server, contestant),
  };
}

/** Each round begins with another contestant, so that none always follows the same one. */
function turned(list, by) {
  return list.map((_, i) => list[(i + by) % list.length]);
}

/** Median of each number of each kind of visit. */
function medians(visits) {
  const kinds = ["home", "none", "cpu", "trace"];
  const of = (kind) => Object.keys(visits[0][kind]).filter((name) => typeof visits[0][kind][name] === "number");
  return Object.fromEntries(kinds.map((kind) => [kind, Object.fromEntries(of(kind).map((name) => [name, median(visits.map((visit) => visit[kind][name]))]))]));
}
