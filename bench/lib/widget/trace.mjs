// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

const TASK = "RunTask";

/** Longest task of the page's main thread, in milliseconds of its processor time, and what it and all tasks were made of. */
export function longestTask(events, url) {
  const mark = events.find(({ name, args }) => name === "ParseHTML" && args?.beginData?.url === url);
  if (!mark) throw new Error(`no trace of ${url}`);
  const own = events.filter(({ ph, pid, tid, ts }) => ph === "X" && pid === mark.pid && tid === mark.tid && ts >= mark.ts - 50_000);
  const tasks = own.filter(({ name, tdur }) => name.endsWith(TASK) && tdur !== undefined);
  if (tasks.length === 0) throw new Error(`no tasks in the trace of ${url}`);
  const longest = tasks.reduce((most, task) => (task.tdur > most.tdur ? task : most));
  return { longest: longest.tdur / 1000, wall: longest.dur / 1000, parts: partsOf(own.filter((event) => within(event, longest))) };
}

const within = ({ ts, dur = 0 }, task) => ts >= task.ts && ts + dur <= task.ts + task.dur;

/** Milliseconds by kind of event; kinds lie inside one another. */
function partsOf(events) {
  const parts = {};
  for (const { name, tdur = 0 } of events) if (tdur > 500) parts[name] = (parts[name] ?? 0) + tdur / 1000;
  return parts;
}
