// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const PINNED = ["package.json", "package-lock.json"];
const here = (name) => new URL(name, import.meta.url).pathname;
const esbuild = () => createRequire(new URL("../../../widget/package.json", import.meta.url))("esbuild");

/**
 * Installs the other banners into `folder` as this folder's lock says, unless they are there.
 *
 * @returns what reads and bundles their files
 */
export function installOthers(folder) {
  mkdirSync(folder, { recursive: true });
  const same = (name) => existsSync(join(folder, name)) && readFileSync(join(folder, name)).equals(readFileSync(here(name)));
  if (!PINNED.every(same) || !existsSync(join(folder, "node_modules/react"))) {
    PINNED.forEach((name) => copyFileSync(here(name), join(folder, name)));
    execFileSync("npm", ["ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
  }
  return {
    version: (name) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).dependencies[name],
    read: (path) => readFileSync(join(folder, "node_modules", path), "utf8"),
    bundle: (name, source, more) => bundle(folder, name, source, more),
  };
}

/** What a site's own build would make of `source`: one minified script for production, and its style sheet if it imports one. */
function bundle(folder, name, source, more = {}) {
  const entry = join(folder, name);
  writeFileSync(entry, source);
  const { outputFiles } = esbuild().buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    outdir: folder,
    format: "iife",
    target: "es2021",
    charset: "utf8",
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"production"' },
    ...more,
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end))?.text;
  return { script: text(".js"), style: text(".css") };
}
