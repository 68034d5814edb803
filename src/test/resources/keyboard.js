// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Watches how keys alone go through a page, for KeyboardWalk. A stop is what the Tab key must reach; a
// round goes from one stop over all others back to it.
(() => {
  const ABLE = 'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';
  let noted = [];
  let faults = new Set();
  let skip;
  let opener;
  // What a frame that came late has moved away, if nothing else is wrong with it.
  let lost = new Set();
  let frames = [];
  let height = 0;

  const seen = (element) => element.checkVisibility({ visibilityProperty: true });

  function name(element) {
    if (!element) return 'nothing';
    const words = element.getAttribute('aria-label') || element.name || element.textContent.trim();
    return `<${element.localName}${element.id && `#${element.id}`}> ${words.replace(/\s+/g, ' ').slice(0, 40)}`;
  }

  /** A group of radio buttons has one stop: the chosen one, else its first. */
  function isItsGroups(radio) {
    const group = [...document.getElementsByName(radio.name)].filter((it) => it.form === radio.form && !it.disabled);
    return radio === (group.find((it) => it.checked) ?? group[0]);
  }

  const isStop = (element) =>
    element.tabIndex >= 0 &&
    !element.matches(':disabled, [type=hidden], [inert], details > :not(summary:first-of-type):is(summary)') &&
    (element.type !== 'radio' || isItsGroups(element)) &&
    seen(element);

  /** Browsers stop at what scrolls, if there is no stop within. */
  function scrolls(element) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const may = (overflow) => overflow === 'auto' || overflow === 'scroll';
    const wide = may(overflowX) && element.scrollWidth > element.clientWidth;
    const tall = may(overflowY) && element.scrollHeight > element.clientHeight;
    return (wide || tall) && ![...element.querySelectorAll(ABLE)].some(isStop);
  }

  const stops = () =>
    [...document.body.querySelectorAll('*')].filter((it) => (it.matches(ABLE) ? isStop(it) : seen(it) && scrolls(it)));

  function isInSight(element) {
    const { left, right, top, bottom } = element.getClientRects()[0];
    return right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
  }

  /** What has the focus shows it, and nothing lies over it (WCAG 2.2, 2.4.7 and 2.4.12). */
  function look(element) {
    if (!isInSight(element)) return lost.add(element);
    const box = element.getClientRects()[0];
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const middle = [(left + right) / 2, (top + bottom) / 2];
    // What is larger than half a window need not be seen whole.
    const corners = box.height > innerHeight / 2 ? [] : [left + 3, right - 3].flatMap((x) => [[x, top + 3], [x, bottom - 3]]);
    for (const [x, y] of [middle, ...corners]) {
      const hit = document.elementFromPoint(x, y);
      const isIts = !hit || element.contains(hit) || hit.contains(element) || element.labels?.[0]?.contains(hit);
      if (!isIts) faults.add(`${name(element)} is covered by ${name(hit)}`);
    }
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const isShown = outlineStyle === 'auto' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
    if (!isShown) faults.add(`${name(element)} does not show its focus`);
  }

  function note(element) {
    // The parts of a date are one stop.
    if (element === document.body || noted.at(-1) === element) return;
    noted.push(element);
    look(element);
  }

  addEventListener('keydown', ({ key }) => key === 'Tab' && note(document.activeElement), true);

  const isStuck = (element) => {
    for (let it = element; it; it = it.parentElement) if (/sticky|fixed/.test(getComputedStyle(it).position)) return true;
    return false;
  };

  /** Whether whoever reads line by line meets `first` before `second`; a column is read to its end. */
  function isBefore(first, second) {
    if (first.contains(second) || isStuck(first) !== isStuck(second)) return true;
    const [[one], [two]] = [first.getClientRects(), second.getClientRects()];
    const isAbove = two.bottom <= one.top + 1;
    const isBeside = !isAbove && two.top < one.bottom - 1;
    return isAbove ? two.left >= one.right - 1 : !isBeside || two.left >= one.left - 1;
  }

  /** 24 by 24 pixels (WCAG 2.2, 2.5.8); axe-core judges those within a line of text. */
  const isSmall = (element) =>
    getComputedStyle(element).display !== 'inline' &&
    [element, element.closest('label'), ...(element.labels ?? [])].every((it) => !it || it.offsetWidth < 24 || it.offsetHeight < 24);

  function judge(all, round) {
    for (const it of all) {
      const times = round.filter((other) => other === it).length;
      if (times !== 1) faults.add(`${name(it)} is reached ${times} times`);
      if (it.tabIndex > 0) faults.add(`${name(it)} is brought forward`);
      if (isSmall(it)) faults.add(`${name(it)} is a small target`);
    }
    const wanted = all.filter((it) => round.includes(it));
    const start = wanted.indexOf(round[0]);
    [...wanted.slice(start), ...wanted.slice(0, start)].forEach((it, at) => {
      if (round[at] !== it) faults.add(`${name(round[at])} comes in place of ${name(it)}`);
    });
    wanted.slice(1).forEach((it, at) => {
      if (!isBefore(wanted[at], it)) faults.add(`${name(it)} stands before ${name(wanted[at])}`);
    });
  }

  window.keyboard = {
    /** Whether the first stop is a link to the page's middle. */
    isAtSkip() {
      skip = document.activeElement;
      return skip.matches('a[href^="#"]') && stops()[0] === skip;
    },

    /** Whether that link has been followed. */
    hasSkipped() {
      const page = document.getElementById(skip.hash.slice(1));
      return page.contains(document.activeElement) || !stops().some((it) => it !== page && page.contains(it));
    },

    /** Focuses the first thing that folds; whether there is one. */
    toFold() {
      opener = stops().find((it) => it.localName === 'summary');
      opener?.focus();
      return Boolean(opener);
    },

    /** Whether what has the focus is to be seen, or nothing has it. */
    isSeen: () => document.activeElement === document.body || isInSight(document.activeElement),

    isUnfolded: () => opener.parentElement.open,

    unfold: () => [...document.querySelectorAll('details')].slice(0, 4).forEach((it) => (it.open = true)),

    /** The ids of what opens over the page. */
    openers: () => stops().flatMap((it) => it.getAttribute('popovertarget') ?? []),

    toOpener(id) {
      opener = document.querySelector(`[popovertarget="${id}"]`);
      opener.focus();
    },

    isOpen: () => opener.popoverTargetElement.matches(':popover-open'),
    isInside: () => opener.popoverTargetElement.contains(document.activeElement),
    isBack: () => document.activeElement === opener,

    /** Whether the page has stopped growing since it was last asked; frames come without being scrolled to. */
    isAtRest() {
      for (const frame of document.querySelectorAll('iframe')) frame.loading = 'eager';
      const before = height;
      height = document.documentElement.scrollHeight;
      return height === before;
    },

    /** How many stops a round has; frames are left out, since they hand on later than keys come. */
    begin() {
      noted = [];
      faults = new Set();
      lost = new Set();
      frames = stops().filter((it) => it.localName === 'iframe');
      frames.forEach((it) => (it.inert = true));
      return stops().length;
    },

    frames: () => frames.length,

    /** Focuses what comes before a frame. */
    toFrame(at) {
      frames[at].inert = false;
      const all = stops();
      all[all.indexOf(frames[at]) - 1].focus();
    },

    isInFrame: () => document.activeElement.localName === 'iframe',

    isRound: () => noted.lastIndexOf(noted[0]) > 0,

    /** What was wrong with the round. */
    end() {
      for (const element of lost) {
        element.blur();
        element.focus();
        if (!isInSight(element)) faults.add(`${name(element)} is out of sight`);
        else look(element);
      }
      judge(stops(), noted.slice(0, noted.indexOf(noted[0], 1)));
      return [...faults];
    },
  };
})();
