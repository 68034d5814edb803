// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The other banners' settings: three purposes, the first always on, in the words of our own texts.

const IDS = ["session", "theme", "analytics"];

/** CookieConsent 3: `CookieConsent.run(…)`. */
export function cookieConsent(words) {
  const sections = IDS.map((id) => ({ title: words.purposes[id].name, description: words.purposes[id].description, linkedCategory: id }));
  return {
    hideFromBots: false, // a driven browser says that it is one
    categories: { session: { enabled: true, readOnly: true }, theme: {}, analytics: { autoClear: { cookies: [{ name: "_ga" }] } } },
    language: {
      default: "en",
      translations: {
        en: {
          consentModal: {
            title: words.title,
            description: `${words.body} ${listOf(words)}`,
            acceptAllBtn: words.acceptAll,
            acceptNecessaryBtn: words.rejectAll,
            showPreferencesBtn: words.choose,
            footer: privacyLink(words),
          },
          preferencesModal: {
            title: words.preferencesTitle,
            acceptAllBtn: words.acceptAll,
            acceptNecessaryBtn: words.rejectAll,
            savePreferencesBtn: words.save,
            closeIconLabel: words.close,
            sections: [{ description: words.preferencesBody }, ...sections],
          },
        },
      },
    },
  };
}

/** Osano's: `cookieconsent.initialise(…)`. It knows no purposes, so they stand in the message. */
export function osano(words) {
  return {
    type: "opt-in",
    palette: { popup: { background: "#ffffff", text: "#191d21" }, button: { background: "#0f4c5c", text: "#ffffff" } },
    content: {
      header: words.title,
      message: `${words.body} ${listOf(words)}`,
      allow: words.acceptAll,
      deny: words.rejectAll,
      link: words.privacyPolicy,
      href: words.privacyPolicyUrl,
      policy: words.reopen,
    },
  };
}

/** Klaro: `klaroConfig`, one service for each purpose. */
export function klaro(words) {
  const purposes = Object.fromEntries(IDS.map((id) => [id, { title: words.purposes[id].name, description: words.purposes[id].description }]));
  const services = Object.fromEntries(IDS.map((id) => [id, { title: words.purposes[id].name, description: words.purposes[id].description }]));
  return {
    version: 1,
    lang: "en",
    acceptAll: true,
    htmlTexts: true,
    translations: {
      en: {
        privacyPolicyUrl: words.privacyPolicyUrl,
        acceptAll: words.acceptAll,
        decline: words.rejectAll,
        acceptSelected: words.save,
        close: words.close,
        ok: words.acceptAll,
        consentNotice: { title: words.title, description: `${words.body} ${listOf(words)}`, learnMore: words.choose },
        consentModal: { title: words.preferencesTitle, description: words.preferencesBody },
        purposes,
        ...services,
      },
    },
    services: IDS.map((id) => ({ name: id, purposes: [id], required: id === "session", cookies: id === "analytics" ? ["_ga"] : [] })),
  };
}

/** c15t: the provider's `options`, without a backend. */
export function c15t(words) {
  const categories = { session: "necessary", theme: "functionality", analytics: "measurement" };
  const consentTypes = Object.fromEntries(IDS.map((id) => [categories[id], { title: words.purposes[id].name, description: words.purposes[id].description }]));
  return {
    mode: "offline",
    overrides: { country: "DE" },
    consentCategories: Object.values(categories),
    legalLinks: { privacyPolicy: { href: words.privacyPolicyUrl, target: "_blank", label: words.privacyPolicy } },
    i18n: {
      locale: "en",
      detectBrowserLanguage: false,
      messages: {
        en: {
          common: { acceptAll: words.acceptAll, rejectAll: words.rejectAll, customize: words.choose, save: words.save, close: words.close },
          cookieBanner: { title: words.title, description: `${words.body} ${listOf(words)}` },
          consentManagerDialog: { title: words.preferencesTitle, description: words.preferencesBody },
          consentTypes,
        },
      },
    },
  };
}

/** Ours shows each purpose on the first layer; theirs have one text there. */
function listOf({ purposes }) {
  return ["theme", "analytics"].map((id) => `${purposes[id].name}: ${purposes[id].description}`).join(" ");
}

function privacyLink({ privacyPolicy, privacyPolicyUrl }) {
  return `<a href="${privacyPolicyUrl}" target="_blank" rel="noopener">${privacyPolicy}</a>`;
}
