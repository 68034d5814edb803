// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

import type { Steps } from './grounds';
import { type Check, NO_LEVEL, type Result, STEPS, type Step, type Verdict, levelOf } from './verdict';

const MAX_FAULTS = 20;

/** What the lines of an export showed, in as much memory as a few faults take. */
export class ExportFindings {
  private readonly worst = new Map<Step, Result>();
  private readonly faults: Check[] = [];
  private fewestCosigned = Infinity;
  private records = 0;
  private tombstones = 0;
  private failed = 0;

  constructor(private readonly witnesses: number) {}

  addRecord(steps: Steps): void {
    this.records++;
    this.add(steps);
  }

  addTombstone(steps: Steps): void {
    this.tombstones++;
    this.add(steps);
  }

  get hasTombstones(): boolean {
    return this.tombstones > 0;
  }

  private add({ checks, cosigned }: Steps): void {
    this.fewestCosigned = Math.min(this.fewestCosigned, cosigned);
    for (const { step, result } of checks) this.worst.set(step, worse(this.worst.get(step) ?? result, result));
  }

  /** A line that failed. Only the first few are told one by one. */
  addFault(fault: Check): void {
    if (this.failed++ < MAX_FAULTS) this.faults.push(fault);
  }

  private told(): string {
    if (this.failed === 1) return '1 line failed';
    return `${this.failed} lines failed${this.failed > this.faults.length ? `; the first ${this.faults.length} are listed` : ''}`;
  }

  verdict(sequence: string, notes: string[]): Verdict {
    const level = this.records + this.tombstones === 0 ? NO_LEVEL : levelOf(this.fewestCosigned, this.witnesses);
    if (this.failed > 0) {
      return { level, checks: this.faults, notes: [this.told(), ...notes] };
    }
    if (this.records + this.tombstones === 0) {
      return { level, checks: [{ step: 'parse', result: 'failed', detail: 'the export is empty' }], notes };
    }
    const checks: Check[] = [{ step: 'parse', result: 'passed', detail: `${this.records} record${this.records === 1 ? '' : 's'}, ${this.tombstones} erased` }];
    for (const step of STEPS) {
      const result = this.worst.get(step);
      if (result) checks.push({ step, result, detail: 'all lines' });
    }
    return { level, checks: [...checks, { step: 'sequence', result: 'passed', detail: sequence }], notes };
  }
}

/** One line below the demand is enough to be below; a step is passed only if it was everywhere. */
function worse(one: Result, other: Result): Result {
  if (one === 'below' || other === 'below') return 'below';
  return one === 'passed' && other === 'passed' ? 'passed' : 'skipped';
}
