// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What the service answers to a visitor who shows the secret: as VisitorController and VisitorHistory do.

/** A canonical record of a choice, as far as anybody here reads it. */
export function recordOf({ secret, previous, occurredAt, ...choice }, { policy, records }) {
  return {
    v: 1,
    ...choice,
    site: policy.site,
    seq: records.length + 1,
    ruleset: 'opt-in',
    occurredAt,
    recordedAt: new Date().toISOString(),
    subject: 'nobodysnamenobodysname',
  };
}

/** History and erasure: a form that is not right is 422, an unknown secret has nothing. */
export function answerVisitor(state, path, sent, { request, reply }) {
  state.asked.push({ path, body: sent });
  if (!state.visitorAnswer) return request.socket.destroy();
  if (state.visitorAnswer === Infinity) return undefined;
  const json = (status, body) => reply(status, 'application/json', JSON.stringify(body));
  if (state.visitorAnswer !== 200) return json(state.visitorAnswer, { type: 'about:blank', status: state.visitorAnswer });
  if (!/^[A-Za-z0-9]{10}$/.test(sent.site) || !/^[A-Za-z0-9_-]{43}$/.test(sent.secret)) return json(422, { status: 422 });
  const own = state.records.filter(({ secret, record }) => secret === sent.secret && record.site === sent.site);
  if (path.endsWith('/erase')) {
    state.records = state.records.filter((it) => !own.includes(it));
    return json(200, { site: sent.site, erased: own.length });
  }
  const rest = own.filter(({ record }) => record.seq > +(sent.after ?? 0));
  const shown = rest.slice(0, state.pageSize);
  return json(200, {
    site: sent.site,
    records: shown.map(({ record }) => ({ index: record.seq, record, links: linksOf(state, record) })),
    ...(rest.length > shown.length && { next: String(shown.at(-1).record.seq) }),
  });
}

function linksOf({ origin }, { id, policy }) {
  const record = `${origin}/v1/consents/${id}`;
  return { record, receipt: `${record}/receipt`, artefact: `${origin}/v1/artefacts/${policy.sha256}` };
}
