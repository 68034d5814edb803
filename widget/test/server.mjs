// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { createServer } from 'node:http';
import { artefactOf, detailsHash, detailsScript, samplePolicy, script } from './policy.mjs';
import { answerVisitor, recordOf } from './visitors.mjs';

/**
 * A site and a consent service in one, on a free port: pages by path, the widget's scripts,
 * artefacts, the recording endpoint, which keeps what was posted and answers as it is told, and
 * what a visitor may ask with the secret: history and erasure, as the service answers them.
 *
 * - `pages`: path to HTML, or to `{ body, headers }`
 * - `policy`: what the script carries, may be changed between loads
 * - `coming`: the policy that the live one announces, if any
 * - `answer`: status for the next posts; 0 hangs up without an answer, `Infinity` never answers
 * - `/held/…`: there for any method, a script where it ends in `.js`
 * - `visitorAnswer`: the same for history and erasure; `Infinity` never answers
 * - `posts`: parsed bodies in order; `requests`: every path asked for; `asked`: bodies of history and erasure
 * - `pageSize`: records in an answer of history
 * - `alter(path, body)`: changes what is served of the second part and of artefacts
 */
export async function startServer() {
  const state = {
    policy: samplePolicy(),
    coming: undefined,
    pages: {},
    answer: 201,
    visitorAnswer: 200,
    posts: [],
    requests: [],
    asked: [],
    records: [],
    pageSize: 500,
    alter: (_path, body) => body,
  };
  const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    state.requests.push(path);
    const reply = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*', ...headers });
      response.end(body);
    };
    if (path.startsWith('/w/details/')) {
      reply(path.endsWith(`/${detailsHash()}.js`) ? 200 : 404, 'text/javascript; charset=utf-8', state.alter(path, detailsScript()));
    } else if (path.startsWith('/w/')) {
      reply(200, 'text/javascript; charset=utf-8', script(state.policy));
    } else if (path.startsWith('/v1/artefacts/')) {
      const policy = [state.policy, state.coming].find((it) => it && path.endsWith(it.sha256));
      reply(policy ? 200 : 404, 'application/json', policy ? state.alter(path, artefactOf(policy)) : '{}');
    } else if (path.startsWith('/held/')) {
      reply(200, path.endsWith('.js') ? 'text/javascript' : 'text/html', path.endsWith('.js') ? `(window.ran ??= []).push(${JSON.stringify(path)})` : '');
    } else if (request.method === 'POST') {
      let body = '';
      request.on('data', (part) => (body += part)).on('end', () => {
        const sent = JSON.parse(body);
        if (path.startsWith('/v1/visitors/')) return answerVisitor(state, path, sent, { request, reply });
        state.posts.push({ choice: sent, path, headers: request.headers });
        if (!state.answer) return request.socket.destroy();
        if (state.answer === Infinity) return;
        const record = `${state.origin}/v1/consents/${sent.id}`;
        if (state.answer < 300) state.records.push({ secret: sent.secret, record: recordOf(sent, state) });
        reply(state.answer, 'application/json', JSON.stringify({ id: sent.id, site: state.policy.site, seq: 1, index: 1, record, receipt: `${record}/receipt` }));
      });
    } else if (path.endsWith('.js')) {
      reply(200, 'text/javascript', `(window.ran ??= []).push(${JSON.stringify(path)})`);
    } else if (state.pages[path] !== undefined) {
      const { body, headers } = typeof state.pages[path] === 'string' ? { body: state.pages[path] } : state.pages[path];
      reply(200, 'text/html; charset=utf-8', body, headers);
    } else {
      reply(404, 'text/plain', 'nothing here');
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  state.origin = `http://localhost:${server.address().port}`;
  state.close = () => (server.closeAllConnections(), server.close());
  return state;
}
