// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import { Malformed } from './refusal';
import { KEY_TYPE, type Key, parseVkey } from './vkey';

/** Whether these witnesses, taken together, are enough. */
export type Quorum = (cosigned: Key[]) => boolean;

/** Whom the auditor trusts. */
export interface Trust {
  /** Keys of logs; none: the key that comes with a file is trusted on first use. */
  logs: Key[];
  /** All that the trust file names. */
  witnesses: Key[];
  quorum: Quorum;
}

export const TRUST_NOBODY: Trust = { logs: [], witnesses: [], quorum: () => true };

export const withLog = (trust: Trust, log: Key): Trust => ({ ...trust, logs: [...trust.logs, log] });

/**
 * Reads a trust file, C2SP tlog-policy. A name is defined before it is used.
 *
 *     log consent.example.com/log+33d7b496+AeymY…
 *     witness press witness.press.example+0a1b2c3d+BDef…
 *     witness union witness.union.example+5f3e8d11+BAbc…
 *     group either any press union
 *     quorum either
 *
 * @throws Malformed naming the line
 */
export async function parseTrust(file: string): Promise<Trust> {
  if (/[\x00-\x08\x0b-\x1f\x7f]/.test(file)) throw new Malformed('a control character other than tab and line end');
  const draft = new Draft();
  let number = 0;
  for (const line of file.split('\n')) {
    number++;
    const words = line.split(/[ \t]+/).filter(Boolean);
    if (words.length === 0 || words[0]!.startsWith('#')) continue;
    try {
      await draft.read(words);
    } catch (error) {
      throw error instanceof Malformed ? new Malformed(`line ${number}: ${error.message}`) : error;
    }
  }
  return draft.trust();
}

/** A trust file as far as it is read. */
class Draft {
  private readonly logs: Key[] = [];
  private readonly witnesses: Key[] = [];
  private readonly named = new Map<string, Quorum>();
  private readonly members = new Set<string>();
  private quorum?: Quorum;

  async read([kind, name = '', ...rest]: string[]): Promise<void> {
    if (kind === 'log' && name && rest.length <= 1) this.logs.push(await unusedKey(name, KEY_TYPE.log, this.logs));
    else if (kind === 'witness' && rest.length >= 1 && rest.length <= 2) await this.witness(name, rest[0]!);
    else if (kind === 'group' && rest.length >= 2) this.define(name, this.group(rest[0]!, rest.slice(1)));
    else if (kind === 'quorum' && name && rest.length === 0) this.demand(name);
    else throw new Malformed('expected log, witness, group or quorum, with what belongs to it');
  }

  trust(): Trust {
    if (!this.quorum) throw new Malformed('a quorum is missing; "quorum none" asks for no witness');
    return { logs: this.logs, witnesses: this.witnesses, quorum: this.quorum };
  }

  private async witness(name: string, vkey: string): Promise<void> {
    const key = await unusedKey(vkey, KEY_TYPE.witness, this.witnesses);
    this.witnesses.push(key);
    this.define(name, (cosigned) => cosigned.includes(key));
  }

  private group(threshold: string, names: string[]): Quorum {
    const found = names.map((name) => this.member(name));
    const needed = threshold === 'any' ? 1 : threshold === 'all' ? found.length : /^[1-9][0-9]{0,3}$/.test(threshold) ? Number(threshold) : 0;
    if (needed < 1 || needed > found.length) throw new Malformed(`a group needs any, all or 1 to ${found.length} of its members`);
    return (cosigned) => found.filter((isMet) => isMet(cosigned)).length >= needed;
  }

  /** A name may be a member once in the whole file, or one witness would count twice. */
  private member(name: string): Quorum {
    const quorum = this.find(name);
    if (this.members.has(name)) throw new Malformed('a name is a member twice');
    this.members.add(name);
    return quorum;
  }

  private demand(name: string): void {
    if (this.quorum) throw new Malformed('a second quorum');
    this.quorum = name === 'none' ? () => true : this.find(name);
  }

  private define(name: string, meaning: Quorum): void {
    if (name === 'none' || this.named.has(name)) throw new Malformed('a name is defined twice, or is none');
    this.named.set(name, meaning);
  }

  private find(name: string): Quorum {
    const found = this.named.get(name);
    if (!found) throw new Malformed('a name is not defined above');
    return found;
  }
}

async function unusedKey(vkey: string, type: number, used: Key[]): Promise<Key> {
  const key = await parseVkey(vkey, type);
  // By public key: under two names it would still be one witness.
  if (used.some((other) => other.publicKey.join() === key.publicKey.join())) throw new Malformed('a key stands twice');
  return key;
}
