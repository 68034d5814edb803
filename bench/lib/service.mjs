// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { family, freePort } from "./run.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A site that asks for three purposes in one language. */
export const DRAFT = {
  controller: { name: "Bench Shop", address: "1 Main Street", contact: "privacy@shop.example" },
  privacyPolicyUrl: "https://shop.example/privacy",
  defaultLanguage: "en",
  lifetime: "P6M",
  ruleset: "opt-in",
  googleConsentMode: false,
  reloadOnWithdrawal: true,
  purposes: [
    { id: "session", required: true, dpv: "dpv:ServiceProvision", trackers: [] },
    { id: "theme", dpv: "dpv:ServicePersonalisation", trackers: [] },
    { id: "analytics", dpv: "dpv:ServiceUsageAnalytics", trackers: [] },
  ],
  texts: { en: {} },
  appearance: { position: "bottom", accent: "#1f5f5b", radius: 8, reopen: "floating" },
};

/**
 * Starts the service on a folder of its own, built first if need be, with one published site. `settings` are added to
 * its environment.
 */
export async function startService(folder, settings = {}) {
  const port = await freePort();
  const adminKey = randomBytes(32).toString("hex");
  const data = join(folder, "data");
  const output = join(folder, "service.log");
  const log = openSync(output, "w");
  const child = spawn(join(ROOT, "assent"), ["run"], {
    env: {
      ...process.env,
      ASSENT_PORT: String(port),
      ASSENT_DATA_DIR: data,
      ASSENT_ADMIN_KEY: adminKey,
      ASSENT_RATE_LIMIT: "0",
      ...settings,
    },
    stdio: ["ignore", log, log],
  });
  const base = `http://127.0.0.1:${port}`;
  await answers(`${base}/health/readiness`, () => child.exitCode === null);
  const site = await publish(base, adminKey);
  const postmaster = readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0];
  return {
    base,
    site,
    adminKey,
    data,
    output,
    javaPid: child.pid,
    // The database is asked for anew, as backends come and go.
    processes: () => [...new Set([...family(child.pid), ...family(postmaster)])],
    async stop() {
      child.kill("SIGTERM");
      while (child.exitCode === null && child.signalCode === null) await wait(50);
    },
  };
}

async function answers(url, isAlive) {
  for (let tries = 0; tries < 3000 && isAlive(); tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`nothing answers at ${url}; its words are in the folder of this run`);
}

/** Calls the operators' half of the interface; gives what it answers. */
export function caller(base, key) {
  return async (method, path, body) => {
    const answer = await fetch(`${base}/v1/admin${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

async function publish(base, key) {
  const call = caller(base, key);
  const { siteKey } = await call("POST", "/sites", { name: "Bench", origins: ["https://shop.example"] });
  await call("PUT", `/sites/${siteKey}/draft`, DRAFT);
  const version = await call("POST", `/sites/${siteKey}/policies`, { material: true, reason: "bench" });
  await answers(`${base}/w/${siteKey}.js`, () => true);
  return { siteKey, version: version.version, sha256: version.sha256 };
}
