// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { JsonObject } from './canonical';
import { addPeriod, parseInstant, parsePeriod } from './instant';
import { find, member } from './members';
import { Malformed } from './refusal';

/** Step 7: what must agree between a record and the artefact that it names. */
export function checkRules(record: JsonObject, artefact: JsonObject): void {
  require(member(record, 'string', 'site') === member(artefact, 'string', 'site'), 'another site');
  require(member(record, 'number', 'policy', 'version') === member(artefact, 'number', 'version'), 'another version of the policy');
  checkPurposes(member(record, 'object', 'choices'), artefact);
  require(
    member(artefact, 'object', 'texts').has(member(record, 'string', 'language')),
    "the artefact has no text in the record's language",
  );
  checkExpiry(record, artefact);
}

/** Every purpose of the artefact is answered, a required one by true, and nothing else is. */
function checkPurposes(choices: JsonObject, artefact: JsonObject): void {
  const purposes = new Set<string>();
  for (const purpose of member(artefact, 'array', 'purposes')) {
    if (!(purpose instanceof Map)) throw new Malformed('/purposes: expected objects');
    const id = member(purpose, 'string', 'id');
    purposes.add(id);
    require(choices.has(id), 'a purpose is not answered');
    const required = find(purpose, 'required') !== undefined && member(purpose, 'boolean', 'required');
    require(member(choices, 'boolean', id) || !required, 'a required purpose is refused');
  }
  require([...choices.keys()].every((id) => purposes.has(id)), 'a purpose is answered that the artefact does not have');
}

function checkExpiry(record: JsonObject, artefact: JsonObject): void {
  const recordedAt = parseInstant(member(record, 'string', 'recordedAt'));
  const expiresAt = parseInstant(member(record, 'string', 'expiresAt'));
  const expected = addPeriod(recordedAt, parsePeriod(member(artefact, 'string', 'lifetime')));
  require(expiresAt.getTime() === expected.getTime(), "expiresAt is not recordedAt and the policy's lifetime");
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Malformed(otherwise);
}
