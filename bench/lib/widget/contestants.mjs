// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
import { builtIn, samplePolicy, script } from "../../../widget/test/policy.mjs";
import { c15t, cookieConsent, klaro, osano } from "./settings.mjs";

const SCRIPT = "text/javascript; charset=utf-8";
const STYLE = "text/css; charset=utf-8";

/**
 * The banners, each embedded as its own manual says and asking the same in the same English words.
 *
 * A contestant has `key` (of its page), `name`, `accept` (selector of its button), `head` and `tail`
 * (what it adds to the page) and `files` (path to type and body).
 *
 * @param others from {@link installOthers}
 */
export function contestants(others) {
  const policy = samplePolicy();
  const english = builtIn("en");
  const words = { ...english, body: english.body.replace("{controller}", policy.controller.name), privacyPolicyUrl: policy.privacyPolicyUrl };
  return [floor(words), assent(policy), cookieConsentBanner(others, words), osanoBanner(others, words), klaroBanner(others, words), c15tBanner(others, words)];
}

/** What any banner costs at least: markup in the page, two buttons, one line of script. */
function floor({ title, body, acceptAll, rejectAll }) {
  const press = `onclick="this.parentNode.remove()"`;
  return {
    key: "floor",
    name: "empty banner",
    accept: "#floor button",
    head: "",
    tail: `<div id="floor" style="position:fixed;inset:auto 16px 16px;padding:24px;background:#fff;border:1px solid"><h2>${title}</h2><p>${body}</p><button ${press}>${acceptAll}</button> <button ${press}>${rejectAll}</button></div>`,
    files: {},
  };
}

/** As `widget/README.md`: one asynchronous script, which carries the policy. */
function assent(policy) {
  return {
    key: "assent",
    name: "Assent",
    accept: '#assent [data-assent="accept-all"]',
    head: `<script async src="/w/${policy.site}.js"></script>`,
    tail: "",
    files: { [`/w/${policy.site}.js`]: [SCRIPT, script(policy)] },
  };
}

/** Bundled with its settings (npm and `import`), style sheet in the head: its manual's other way, an import inside a module, costs a journey more. */
function cookieConsentBanner(others, words) {
  const { script: bundled } = others.bundle(
    "cookieconsent.js",
    `import * as CookieConsent from "vanilla-cookieconsent"; CookieConsent.run(${JSON.stringify(cookieConsent(words))});`,
  );
  return {
    key: "cookieconsent",
    name: `CookieConsent ${others.version("vanilla-cookieconsent")}`,
    accept: '#cc-main .cm [data-role="all"]',
    head: `<link rel="stylesheet" href="/cookieconsent/style.css">`,
    tail: `<script type="module" src="/cookieconsent/script.js"></script>`,
    files: {
      "/cookieconsent/style.css": [STYLE, others.read("vanilla-cookieconsent/dist/cookieconsent.css")],
      "/cookieconsent/script.js": [SCRIPT, bundled],
    },
  };
}

/** As its download page writes it: style sheet in the head, script and settings at the end of the body. */
function osanoBanner(others, words) {
  return {
    key: "osano",
    name: `Osano's cookieconsent ${others.version("cookieconsent")}`,
    accept: ".cc-window .cc-allow",
    head: `<link rel="stylesheet" href="/osano/style.css">`,
    tail: `<script src="/osano/script.js" data-cfasync="false"></script><script>window.cookieconsent.initialise(${JSON.stringify(osano(words))})</script>`,
    files: {
      "/osano/style.css": [STYLE, others.read("cookieconsent/build/cookieconsent.min.css")],
      "/osano/script.js": [SCRIPT, others.read("cookieconsent/build/cookieconsent.min.js")],
    },
  };
}

/** As its README: two deferred scripts, settings first. */
function klaroBanner(others, words) {
  return {
    key: "klaro",
    name: `Klaro ${others.version("klaro")}`,
    accept: ".klaro .cookie-notice .cm-btn-success",
    head: `<script defer src="/klaro/config.js"></script><script defer src="/klaro/klaro.js"></script>`,
    tail: "",
    files: {
      "/klaro/config.js": [SCRIPT, `var klaroConfig=${JSON.stringify(klaro(words))};`],
      "/klaro/klaro.js": [SCRIPT, others.read("klaro/dist/klaro.js")],
    },
  };
}

/** Its React components in a root of their own, built with React for production; style sheet in the head. */
function c15tBanner(others, words) {
  const source = `import "@c15t/react/styles.css";
    import { createElement as h } from "react";
    import { createRoot } from "react-dom/client";
    import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from "@c15t/react";
    createRoot(document.getElementById("c15t")).render(
      h(ConsentManagerProvider, { options: ${JSON.stringify(c15t(words))} }, h(ConsentBanner), h(ConsentDialog)));`;
  const { script: bundled, style } = others.bundle("c15t.js", source);
  return {
    key: "c15t",
    name: `c15t ${others.version("@c15t/react")} with React`,
    accept: '[data-testid="consent-banner-accept-button"]',
    head: `<link rel="stylesheet" href="/c15t/style.css">`,
    tail: `<div id="c15t"></div><script type="module" src="/c15t/script.js"></script>`,
    files: { "/c15t/style.css": [STYLE, style], "/c15t/script.js": [SCRIPT, bundled] },
  };
}
