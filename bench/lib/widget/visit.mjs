// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { setTimeout as wait } from "node:timers/promises";
import { longestTask, scriptTime } from "./trace.mjs";
import { middleOf, watchBanner, watchClick } from "./watch.mjs";

const SLOW_DOWN = 4;
/** Milliseconds after `load` in which every banner here has come to rest. */
const REST = 1000;
const LIMIT = 20_000;
const NETWORKS = {
  home: { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 },
  none: { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 },
};

/**
 * When the banner stands, in milliseconds from the start of the navigation; what travelled until then and in all; what
 * moved; and how long a click on accept takes until the next frame, at a quarter of the speed.
 */
export async function timeBanner(browser, server, contestant, network) {
  return visit(browser, server, async (page, devtools) => {
    let tell;
    const stands = new Promise((done) => (tell = done));
    await page.exposeFunction("benchVisible", tell);
    await page.addInitScript(`(${watchBanner})(${JSON.stringify(contestant.accept)})`);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", NETWORKS[network]);
    server.log.length = 0;
    await page.goto(`${server.origin}/${contestant.key}/`);
    const { visible, readable, paths } = await within(stands, contestant);
    await wait(300);
    await page.evaluate(watchClick);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOW_DOWN });
    await press(page, devtools, contestant);
    const pressed = await within(page.evaluate("benchClick"), contestant);
    await wait(500);
    const before = server.log.filter(({ path }) => path === `/${contestant.key}/` || paths.includes(path));
    const bytes = (log) => log.reduce((sum, entry) => sum + entry.bytes, 0) - server.bare;
    return {
      visible,
      readable,
      ...pressed,
      requestsBefore: before.length - 1,
      bytesBefore: bytes(before),
      requests: server.log.length - 1,
      bytes: bytes(server.log),
      shift: await page.evaluate(() => window.benchShifts.reduce((sum, value) => sum + value, 0)),
    };
  });
}

/**
 * What the main thread spends, in milliseconds of its own processor time, until the banner rests and for the click.
 * Nothing of ours runs in the page until then. Not slowed down: the browser's way to do that keeps time by the wall,
 * and so varies with whatever else runs on the machine.
 */
export async function spendScript(browser, server, contestant) {
  return visit(browser, server, async (page, devtools) => {
    await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
    await page.goto(`${server.origin}/${contestant.key}/`, { waitUntil: "load" });
    await wait(REST);
    const spent = await metrics(devtools);
    const at = await page.evaluate(`(${middleOf})(${JSON.stringify(contestant.accept)})`);
    const before = await metrics(devtools);
    await click(devtools, at);
    await wait(REST / 2);
    const after = await metrics(devtools);
    return { ...spent, clickTask: after.task - before.task, clickScript: after.script - before.script };
  });
}

/** Milliseconds of processor time from the start of the page until the banner rests, by trace: of scripts, and of the longest task. */
export async function traceTasks(browser, server, contestant) {
  return visit(browser, server, async (page, devtools) => {
    await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8"] });
    await page.goto(`${server.origin}/${contestant.key}/`, { waitUntil: "load" });
    await wait(REST);
    const trace = JSON.parse(await browser.stopTracing());
    const url = `${server.origin}/${contestant.key}/`;
    return { ...longestTask(trace.traceEvents, url), script: scriptTime(trace.traceEvents, url) };
  });
}

/** A new profile and a warm process: a page of the same site has been there before, with nothing on it. */
async function visit(browser, server, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  try {
    const page = await context.newPage();
    await page.goto(`${server.origin}/blank`);
    return await work(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

/** A banner that does not come is a fault of the measurement: it must not wait for ever. */
function within(promise, { name }) {
  const late = wait(LIMIT, undefined, { ref: false }).then(() => {
    throw new Error(`${name}: nothing for ${LIMIT} ms`);
  });
  return Promise.race([promise, late]);
}

async function press(page, devtools, { accept }) {
  await click(devtools, await page.evaluate(`(${middleOf})(${JSON.stringify(accept)})`));
}

async function click(devtools, at) {
  for (const type of ["mousePressed", "mouseReleased"]) await devtools.send("Input.dispatchMouseEvent", { type, ...at, button: "left", clickCount: 1 });
}

async function metrics(devtools) {
  const { metrics: list } = await devtools.send("Performance.getMetrics");
  const of = (name) => (list.find((metric) => metric.name === name)?.value ?? 0) * 1000;
  return { script: of("ScriptDuration") + of("V8CompileDuration"), compile: of("V8CompileDuration"), style: of("RecalcStyleDuration"), layout: of("LayoutDuration"), task: of("TaskDuration") };
}
