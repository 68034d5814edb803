// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { expect, test } from 'vitest';
import { utf8 } from '../src/bytes';
import { parseCanonical, writeCanonical } from '../src/canonical';
import { parseJson } from '../src/json';
import { Malformed } from '../src/refusal';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

test.each([
  ['{"b":1,"a":[true,false,{}]}', '{"a":[true,false,{}],"b":1}'],
  [' { "a" : [ ] } \r\n\t', '{"a":[]}'],
  ['"\\u00e9\\ud83c\\udf6a\\u2028\\/\\u0007\\n\\b\\"\\\\"', '"\u00e9\u{1f36a}\u2028/\\u0007\\n\\b\\"\\\\"'],
  ['[0,-1,9007199254740991,-9007199254740991]', '[0,-1,9007199254740991,-9007199254740991]'],
  ['{"constructor":1,"toString":2,"B":3,"a-b":4,"a_b":5}', '{"B":3,"a-b":4,"a_b":5,"constructor":1,"toString":2}'],
  [nested(32), nested(32)],
])('allowed_isReadAndWrittenCanonically: %s', (text, canonical) => expect(writeCanonical(parseJson(utf8(text)))).toBe(canonical));

test.each([
  '', ' ', '{', '{"a":1', '{"a":1,}', '[1,]', '[,1]', '{"a" 1}', '{a:1}', "{'a':1}", '"a', '"\\x"', '"\\u12"', '"\t"', 'tru', 'True', '1 2', '{}{}', '{}x',
  'null', '{"a":null}', '1.0', '1e3', '1E3', '-0', '01', '+1', '.5', '-', 'NaN', 'Infinity', '0x1', '9007199254740992', '-9007199254740992', '1'.repeat(400),
  '{"a":1,"a":1}', '{"a":1,"A":2}', '{"\\u0061":1,"a":2}', '{"":1}', '{"1a":1}', '{"_a":1}', '{"a b":1}', '{"__proto__":1}', '{"\u00e9":1}',
  '"\\ud83c"', '"\\udf6a\\ud83c"', '/**/1', '\ufeff{}', '\u00a01', '[1\u000b]', nested(33), '['.repeat(100_000),
])('notAllowed_isRefused: %j', (text) => expect(() => parseJson(utf8(text))).toThrow(Malformed));

test('badUtf8_isRefused', () => {
  for (const bytes of [[0x22, 0xff, 0x22], [0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0xbc, 0x22], [0x22, 0xe2, 0x80]]) {
    expect(() => parseJson(new Uint8Array(bytes))).toThrow(Malformed);
  }
});

test('canonical_isOneSpelling', () => {
  expect(parseCanonical(utf8('{"a":"\u00e9","b":1}')).get('b')).toBe(1);
  for (const text of ['{"b":1,"a":2}', '{"a": 1}', '{"a":1}\n', '{"a":"\\u00e9"}', '{"a":"\\/"}', '{"a":"\\u000A"}', '[]']) {
    expect(() => parseCanonical(utf8(text)), text).toThrow(Malformed);
  }
});

test('garbage_isRefusedAndNothingElse', () => {
  const whole = '{"a":[1,true,"x\\n\\u00e9",{"b":{}}],"c":-5}';
  for (let i = 0; i < whole.length; i++) {
    for (const char of '{}[]",:\\0e. x\n\0') {
      try {
        parseJson(utf8(whole.slice(0, i) + char + whole.slice(i + 1)));
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
      }
    }
  }
});
