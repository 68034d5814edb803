// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { createServer } from "node:http";
import { brotliCompressSync } from "node:zlib";

const PROSE = "A shop of small lamps and large shades, made by hand in a mill by the river, sent to wherever they are wanted. ";

/** The page all are measured on: a heading, a menu, forty paragraphs, a style sheet of a few lines inside. */
function page({ head, tail }) {
  const paragraphs = Array.from({ length: 40 }, (_, i) => `<p id="p${i}">${PROSE.repeat(3)}</p>`).join("\n");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Linden &amp; Sons</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style>body{font:17px/1.6 Georgia,serif;margin:0 auto;max-width:44em;padding:1em}nav a{margin-right:1em}</style>
${head}</head><body><nav><a href="#p1">Lamps</a><a href="#p2">Shades</a><a href="#p3">About</a></nav><h1>Linden &amp; Sons</h1>
${paragraphs}
${tail}</body></html>`;
}

/**
 * One site with a page for each contestant at `/<key>/`, their files and the endpoint that takes
 * Assent's choices; everything in brotli at its best, made beforehand.
 *
 * @returns `origin`; `log`, the requests since it was emptied: path and bytes of body, both ways; `bare`, bytes of the page alone
 */
export async function serve(contestants) {
  const files = new Map([["/blank", packed("text/html", "<!doctype html><link rel=icon href=data:,><title>Before</title>")]]);
  for (const contestant of contestants) {
    files.set(`/${contestant.key}/`, packed("text/html; charset=utf-8", page(contestant)));
    for (const [path, [type, body]] of Object.entries(contestant.files)) files.set(path, packed(type, body));
  }
  const log = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const chunks = [];
    request.on("data", (part) => chunks.push(part));
    request.on("end", () => {
      const sent = Buffer.concat(chunks);
      const { type, body } = request.method === "POST" ? recorded(sent) : (files.get(pathname) ?? packed("text/plain", "nothing here"));
      log.push({ path: pathname, bytes: body.length + sent.length });
      const status = request.method === "POST" ? 201 : files.has(pathname) ? 200 : 404;
      response.writeHead(status, { "content-type": type, "content-encoding": "br", "content-length": body.length, "cache-control": "max-age=300" });
      response.end(body);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://localhost:${server.address().port}`,
    log,
    bare: packed("", page({ head: "", tail: "" })).body.length,
    close: () => (server.closeAllConnections(), server.close()),
  };
}

/** What the service answers to a choice. */
function recorded(sent) {
  const { id } = JSON.parse(sent);
  const record = `https://consent.example.com/v1/consents/${id}`;
  return packed("application/json", JSON.stringify({ id, site: "k7Q2mZ0pRb", seq: 1, index: 1, record, receipt: `${record}/receipt` }));
}

function packed(type, text) {
  return { type, body: brotliCompressSync(text) };
}
