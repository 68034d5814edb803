// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Looks at a page as it is printed and as it is shown in forced colours, for EveryPageTest.
(() => {
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const name = (element) => `<${element.localName} class="${element.className}"> ${element.textContent.trim().slice(0, 30)}`;

  window.media = {
    /** What is no use on paper, is cut there, or could not be read. */
    paper() {
      const useless = [...document.querySelectorAll('body > header.top, .rail, .skip, button, a.button')].filter(seen);
      const cut = [...document.querySelectorAll('main *')].filter(
        (it) => seen(it) && !it.matches('input, select, .hidden') && getComputedStyle(it).overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1);
      const faults = [...useless.map((it) => `${name(it)} is printed`), ...cut.map((it) => `${name(it)} is cut on paper`)];
      if (document.documentElement.scrollWidth > innerWidth) faults.push('is wider than paper');
      if (getComputedStyle(document.body).color !== 'rgb(0, 0, 0)') faults.push('is not printed black');
      return faults;
    },

    /** What is current but told so by colours alone, which are forced to be the same. */
    forced() {
      const looks = (it) => {
        const { borderTopStyle, borderTopWidth, borderBottomColor, outlineStyle, textDecorationLine } = getComputedStyle(it);
        return [borderTopStyle, borderTopWidth, borderBottomColor, outlineStyle, textDecorationLine].join();
      };
      return [...document.querySelectorAll('a[aria-current]')].filter(seen).flatMap((current) => {
        const other = [...current.closest('ul').querySelectorAll('a:not([aria-current])')].find(seen);
        return other && looks(other) === looks(current) ? `${name(current)} is current by its colour alone` : [];
      });
    },
  };
})();
