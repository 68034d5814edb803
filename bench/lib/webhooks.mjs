// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { Agent, createServer, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const STEP_MS = 10;

/** An owner's own system: notes when it was told of each record. */
export async function receiver() {
  const told = new Map();
  const server = createServer((message, answer) => {
    const chunks = [];
    message.on("data", (chunk) => chunks.push(chunk));
    message.on("end", () => {
      told.set(JSON.parse(Buffer.concat(chunks)).data.id, performance.now());
      answer.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { told, url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Records `rate` choices a second for a time; gives when each was answered, by its id. */
export async function choose(service, rate, seconds) {
  const answered = new Map();
  const under = [];
  const begun = performance.now();
  for (let sent = 0; sent < rate * seconds; ) {
    const due = Math.min(rate * seconds, ((performance.now() - begun) / 1000) * rate);
    for (; sent < due; sent++) under.push(choice(service).then((id) => answered.set(id, performance.now())));
    await wait(STEP_MS);
  }
  await Promise.all(under);
  return answered;
}

/** What the receiver can take: so many messages, sixteen side by side, without a service in between. */
export async function straight(url, messages) {
  const begun = performance.now();
  let left = messages;
  const one = async () => {
    while (left-- > 0) await post(url, JSON.stringify({ data: { id: uuid() }, type: "consent.recorded" }), {});
  };
  await Promise.all(Array.from({ length: 16 }, one));
  return messages / ((performance.now() - begun) / 1000);
}

async function choice(service) {
  const { siteKey, version, sha256 } = service.site;
  const id = uuid();
  const body = JSON.stringify({
    id,
    policy: { version, sha256 },
    choices: { session: true, theme: true, analytics: false },
    action: "save",
    source: "banner",
    language: "en",
    layout: "mobile",
    occurredAt: new Date().toISOString(),
    secret: randomBytes(32).toString("base64url"),
  });
  const status = await post(`${service.base}/v1/sites/${siteKey}/consents`, body, { origin: "https://shop.example" });
  if (status !== 201) throw new Error(`a choice was answered ${status}`);
  return id;
}

function post(url, body, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST", headers: { "content-type": "application/json", ...headers } });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode));
    });
    sent.end(body);
  });
}

/** Version 7: the time, then what nobody guesses. */
function uuid() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
