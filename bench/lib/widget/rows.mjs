// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** How much slower than this machine's processor the visitor's may be. */
const SLOWER = 4;

/** The rows of the table: what stands at the left, and the number for one contestant's medians. In each, less is better. */
export const ROWS = [
  ["bytes until the banner stands", ({ home }) => home.bytesBefore, 0],
  ["bytes in all, choice recorded or kept", ({ home }) => home.bytes, 0],
  ["requests until the banner stands", ({ home }) => home.requestsBefore, 0],
  ["requests in all", ({ home }) => home.requests, 0],
  ["banner visible, 40 ms and 10 Mbit/s", ({ home }) => home.visible, 0, "ms"],
  ["banner visible, no delay", ({ none }) => none.visible, 0, "ms"],
  ["banner in full opacity, 40 ms and 10 Mbit/s", ({ home }) => home.readable, 0, "ms"],
  ["script, × 4", ({ trace }) => SLOWER * trace.script, 0, "ms"],
  ["style and layout, × 4", ({ cpu }) => SLOWER * (cpu.style + cpu.layout), 0, "ms"],
  ["whole main thread with the page, × 4", ({ cpu }) => SLOWER * cpu.task, 0, "ms"],
  ["longest task, × 4", ({ trace }) => SLOWER * trace.longest, 0, "ms"],
  ["layout shift", ({ home }) => home.shift, 3],
  ["click on accept to paint, 4× slow-down", ({ none }) => none.paint, 0, "ms"],
  ["work of that click, × 4", ({ cpu }) => SLOWER * cpu.clickTask, 0, "ms"],
];

const BEGIN = "<!-- bench/widget.mjs -->";
const END = "<!-- end -->";

/** The table in Markdown; the best of the real banners is bold. */
export function tableOf(results) {
  const lines = [`| | ${results.map(({ name }) => name).join(" | ")} |`, `|---|${results.map(() => "--:").join("|")}|`];
  for (const [title, pick, digits, unit] of ROWS) {
    const texts = results.map((result) => format(pick(result), digits));
    const best = Math.min(...results.filter(({ key }) => key !== "floor").map((result) => Number(pick(result).toFixed(digits))));
    const cells = results.map((result, i) => (result.key !== "floor" && Number(pick(result).toFixed(digits)) === best ? `**${texts[i]}**` : texts[i]));
    lines.push(`| ${title}${unit ? `, ${unit}` : ""} | ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

/** Puts `table` between the marks of a document. */
export function replaceTable(document, table) {
  const [before, rest] = document.split(BEGIN);
  if (rest === undefined || !rest.includes(END)) throw new Error(`no ${BEGIN} … ${END} to write between`);
  return `${before}${BEGIN}\n${table}\n${END}${rest.slice(rest.indexOf(END) + END.length)}`;
}

function format(number, digits) {
  return number.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
