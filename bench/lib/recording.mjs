// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { family, interleave, run, wrk } from "./run.mjs";

const CONNECTIONS = [64, 128];
const WARM_UP_SECONDS = 15;
const CLIENTS = 16;
const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The recording endpoint beside pgbench inserting such rows one by one on the same server. */
export async function measureRecording(service, plan) {
  const load = (connections, seconds) => record(service, connections, seconds);
  const database = connectionOf(service.data);
  await load(CONNECTIONS[0], WARM_UP_SECONDS);
  await run("psql", ["-q", "-v", "ON_ERROR_STOP=1", "-f", join(HERE, "reference.sql")], { env: database });

  const rows = await interleave(
    [
      {
        name: `pgbench, ${CLIENTS} clients, one row each`,
        isReference: true,
        processes: () => family(postmaster(service.data)),
        work: () => pgbench(database, plan.seconds),
      },
      ...CONNECTIONS.map((connections) => ({
        name: `Assent, ${connections} connections`,
        processes: service.processes,
        work: () => load(connections, plan.seconds),
      })),
    ],
    plan,
  );
  return { title: "POST a choice: validated, durable, in the log", unit: "choices", rows };
}

/** Sends new visitors' choices for a time. */
export function record(service, connections, seconds) {
  const url = `${service.base}/v1/sites/${service.site.siteKey}/consents`;
  const settings = {
    env: { ...process.env, POLICY_VERSION: String(service.site.version), POLICY_SHA256: service.site.sha256 },
  };
  return wrk({ url, connections, seconds, script: join(HERE, "choice.lua"), settings });
}

async function pgbench(database, seconds) {
  const flags = ["-n", "-M", "prepared", "-c", CLIENTS, "-j", 2, "-T", seconds, "-f", join(HERE, "insert.sql")];
  const output = await run("pgbench", flags.map(String), { env: database });
  return {
    rate: Number(output.match(/tps = ([\d.]+)/)[1]),
    count: Number(output.match(/actually processed: (\d+)/)[1]),
    latency: `mean ${output.match(/latency average = (\S+ \S+)/)[1]}`,
  };
}

function postmaster(data) {
  return readFileSync(join(data, "postgres/postmaster.pid"), "utf8").split("\n")[0];
}

/** The environment in which psql and pgbench find the service's own database. */
export function connectionOf(data) {
  return {
    ...process.env,
    PGHOST: "127.0.0.1",
    PGPORT: readFileSync(join(data, "postgres.port"), "utf8").trim(),
    PGUSER: "assent",
    PGDATABASE: "assent",
    PGPASSWORD: readFileSync(join(data, "postgres/assent.password"), "utf8").trim(),
  };
}
