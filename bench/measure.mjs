// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
// Measures the hot paths beside their references; README.md says how and why.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureRecording } from "./lib/recording.mjs";
import { measureScript } from "./lib/script.mjs";
import { startService } from "./lib/service.mjs";

const options = Object.fromEntries(
  process.argv.slice(2).map((argument) => argument.replace(/^--/, "").split("=")),
);
const plan = {
  repeats: Number(options.repeats ?? 3),
  seconds: Number(options.seconds ?? 8),
  folder: mkdtempSync(join(tmpdir(), "assent-bench-")),
};

const service = await startService(plan.folder);
try {
  if (options.only !== "recording") report(await measureScript(service, plan));
  if (options.only !== "script") report(await measureRecording(service, plan));
} finally {
  await service.stop();
  rmSync(plan.folder, { recursive: true, force: true });
}

function report({ title, unit, rows }) {
  const [reference] = rows.filter((row) => row.isReference);
  console.log(`\n${title}\n`);
  console.log(`| | ${unit}/s (median) | ratio | ${unit} per CPU second | ratio | all runs | latency |`);
  console.log("|---|--:|--:|--:|--:|---|---|");
  for (const row of rows) {
    const cells = [
      row.name,
      format(row.rate),
      (row.rate / reference.rate).toFixed(2),
      format(row.perCpuSecond),
      (row.perCpuSecond / reference.perCpuSecond).toFixed(2),
      row.rates.map(format).join(", "),
      row.latency ?? "",
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

function format(number) {
  return Math.round(number).toLocaleString("en-US");
}
