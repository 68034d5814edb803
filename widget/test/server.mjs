// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { createServer } from 'node:http';
import { artefactOf, detailsScript, samplePolicy, script } from './policy.mjs';

/**
 * A site and a consent service in one, on a free port: pages by path, the widget's scripts, the
 * artefact, and the recording endpoint, which keeps what was posted and answers as it is told.
 *
 * - `pages`: path to HTML, or to `{ body, headers }`
 * - `policy`: what the script carries, may be changed between loads
 * - `answer`: status for the next posts; 0 hangs up without an answer
 * - `/held/…`: there for any method, a script where it ends in `.js`
 * - `posts`: parsed bodies in order; `requests`: every path asked for
 */
export async function startServer() {
  const state = { policy: samplePolicy(), pages: {}, answer: 201, posts: [], requests: [], scriptDelay: 0 };
  const server = createServer((request, response) => {
    const path = request.url.split('?')[0];
    state.requests.push(path);
    const reply = (status, type, body, headers = {}) => {
      response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*', ...headers });
      response.end(body);
    };
    if (path.startsWith('/w/details/')) {
      reply(200, 'text/javascript; charset=utf-8', detailsScript());
    } else if (path.startsWith('/w/')) {
      reply(200, 'text/javascript; charset=utf-8', script(state.policy));
    } else if (path.startsWith('/v1/artefacts/')) {
      reply(200, 'application/json', artefactOf(state.policy));
    } else if (path.startsWith('/held/')) {
      reply(200, path.endsWith('.js') ? 'text/javascript' : 'text/html', path.endsWith('.js') ? `(window.ran ??= []).push(${JSON.stringify(path)})` : '');
    } else if (request.method === 'POST') {
      let body = '';
      request.on('data', (part) => (body += part)).on('end', () => {
        const choice = JSON.parse(body);
        state.posts.push({ choice, path, headers: request.headers });
        if (!state.answer) return request.socket.destroy();
        const record = `${state.origin}/v1/consents/${choice.id}`;
        reply(state.answer, 'application/json', JSON.stringify({ id: choice.id, site: state.policy.site, seq: 1, index: 1, record, receipt: `${record}/receipt` }));
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
