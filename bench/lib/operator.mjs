// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from "node:fs";

/** The first owner, by the link that the service has printed; `get` and `post` are a browser's. */
export async function signUp(service) {
  let cookie = "";
  const send = async (path, settings = {}) => {
    const headers = { origin: service.base, cookie, ...settings.headers };
    const answer = await fetch(service.base + path, { redirect: "manual", ...settings, headers });
    for (const line of answer.headers.getSetCookie()) cookie = line.split(";")[0];
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const post = (path, fields) => send(path, { method: "POST", body: new URLSearchParams(fields) });
  const token = readFileSync(service.output, "utf8").match(/setup#(\S+)/)[1];
  await post("/setup", {
    token,
    organization: "Bench Ltd",
    name: "Olive Owner",
    email: "olive@example.com",
    password: "correct horse battery staple",
  });
  return {
    cookie: () => cookie,
    /** Sends a form of the console, with its token. */
    async post(path, fields) {
      const page = await (await send("/signout")).text();
      const csrf = page.match(/name="csrf" value="([^"]+)"/)[1];
      return post(path, [...fields, ["csrf", csrf]]);
    },
  };
}
