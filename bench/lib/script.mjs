// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { family, freePort, interleave, wrk } from "./run.mjs";

const CONNECTIONS = 64;
const WARM_UP_SECONDS = 12;

/** The script endpoint beside nginx serving the same bytes with the same headers. */
export async function measureScript(service, plan) {
  const url = `${service.base}/w/${service.site.siteKey}.js`;
  const { body, etag } = await fetchRaw(url);
  const nginx = await startNginx(plan.folder, body);
  const headers = { "Accept-Encoding": "br" };
  const load = (target, more = {}) => () =>
    wrk({ url: target, connections: CONNECTIONS, seconds: plan.seconds, headers: { ...headers, ...more } });
  try {
    await wrk({ url, connections: CONNECTIONS, seconds: WARM_UP_SECONDS, headers });
    const rows = await interleave(
      [
        { name: "nginx, static file", isReference: true, processes: nginx.processes, work: load(nginx.url) },
        { name: "Assent, 200", processes: () => [String(service.javaPid)], work: load(url) },
        {
          name: "Assent, 304",
          processes: () => [String(service.javaPid)],
          work: load(url, { "If-None-Match": etag }),
        },
      ],
      plan,
    );
    return { title: `GET script, ${body.length} bytes of brotli, ${CONNECTIONS} connections`, unit: "requests", rows };
  } finally {
    nginx.stop();
  }
}

/** The bytes as they travel: fetch would unpack them. */
function fetchRaw(url) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "br" } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ body: Buffer.concat(parts), etag: answer.headers.etag }));
    }).on("error", reject);
  });
}

async function startNginx(folder, body) {
  const port = await freePort();
  const root = join(folder, "nginx");
  mkdirSync(join(root, "www"), { recursive: true });
  writeFileSync(join(root, "www/script.js"), body);
  writeFileSync(
    join(root, "nginx.conf"),
    `${process.getuid() === 0 ? "user root;" : ""} daemon off; worker_processes 2; pid ${root}/pid; error_log ${root}/error.log;
     events { worker_connections 1024; }
     http {
       access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
       open_file_cache max=10; client_body_temp_path ${root}; proxy_temp_path ${root};
       fastcgi_temp_path ${root}; uwsgi_temp_path ${root}; scgi_temp_path ${root};
       types { text/javascript js; }
       server {
         listen 127.0.0.1:${port}; root ${root}/www;
         add_header Content-Encoding br;
         add_header Vary Accept-Encoding;
         add_header Cache-Control "public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800";
         add_header Cross-Origin-Resource-Policy cross-origin;
         add_header Timing-Allow-Origin *;
         add_header Access-Control-Allow-Origin *;
       }
     }`,
  );
  const child = spawn("nginx", ["-p", root, "-c", join(root, "nginx.conf")], { stdio: "ignore" });
  await wait(500);
  if (child.exitCode !== null) throw new Error("nginx does not start; is it installed?");
  return { url: `http://127.0.0.1:${port}/script.js`, processes: () => family(child.pid), stop: () => child.kill() };
}
