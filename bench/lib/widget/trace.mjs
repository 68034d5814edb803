// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

const TASK = "RunTask";
/** What runs scripts; promises' reactions too, which `Performance.getMetrics` leaves out of `ScriptDuration`. */
const SCRIPT = /^(EvaluateScript|v8\.(compile|compileModule|evaluateModule|callFunction)|FunctionCall|RunMicrotasks|BlinkScheduler_PerformMicrotaskCheckpoint)$/;
/** What a script may make the browser do there and then; counted as style and layout, not as script. */
const RENDERING = /^(UpdateLayoutTree|Layout)$/;

/** Events of the page's main thread, in order of time; what holds others comes before them. */
function mainThread(events, url) {
  const mark = events.find(({ name, args }) => name === "ParseHTML" && args?.beginData?.url === url);
  if (!mark) throw new Error(`no trace of ${url}`);
  return events
    .filter(({ ph, pid, tid, ts }) => ph === "X" && pid === mark.pid && tid === mark.tid && ts >= mark.ts - 50_000)
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur);
}

/** Longest task of the page's main thread, in milliseconds of its processor time, and what it was made of. */
export function longestTask(events, url) {
  const own = mainThread(events, url);
  const tasks = own.filter(({ name, tdur }) => name.endsWith(TASK) && tdur !== undefined);
  if (tasks.length === 0) throw new Error(`no tasks in the trace of ${url}`);
  const longest = tasks.reduce((most, task) => (task.tdur > most.tdur ? task : most));
  return { longest: longest.tdur / 1000, wall: longest.dur / 1000, parts: partsOf(own.filter((event) => within(event, longest))) };
}

/** Milliseconds of processor time that the page's main thread spends in scripts: compiling, running, reacting to promises. */
export function scriptTime(events, url) {
  const own = mainThread(events, url);
  const scripts = outermost(own, SCRIPT);
  const rendering = outermost(own, RENDERING).filter((event) => scripts.some((script) => within(event, script)));
  return (sum(scripts) - sum(rendering)) / 1000;
}

/** Those of a kind that lie in no other of that kind. */
function outermost(events, kind) {
  let end = -Infinity;
  return events.filter(({ name, ts, dur = 0 }) => kind.test(name) && ts >= end && ((end = ts + dur), true));
}

const sum = (events) => events.reduce((total, { tdur = 0 }) => total + tdur, 0);

const within = ({ ts, dur = 0 }, task) => ts >= task.ts && ts + dur <= task.ts + task.dur;

/** Milliseconds by kind of event; kinds lie inside one another. */
function partsOf(events) {
  const parts = {};
  for (const { name, tdur = 0 } of events) if (tdur > 500) parts[name] = (parts[name] ?? 0) + tdur / 1000;
  return parts;
}
