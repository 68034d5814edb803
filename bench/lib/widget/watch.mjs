// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// What runs inside the measured page. Each function is sent there as text, so it may use nothing from here.

/**
 * Tells `benchVisible` once, when the frame is done in which the button is first to be seen at all (in the
 * window, opacity above 0), and when it is first to be seen in full.
 */
export function watchBanner(selector) {
  if (location.pathname === "/blank") return;
  const channel = new MessageChannel();
  const seen = {};
  window.benchShifts = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => window.benchShifts.push(value))).observe({ type: "layout-shift", buffered: true });
  const opacityOf = () => {
    const button = document.querySelector(selector);
    const { width, top, bottom } = button?.getBoundingClientRect() ?? {};
    if (!width || top >= innerHeight || bottom <= 0 || getComputedStyle(button).visibility !== "visible") return 0;
    let opacity = 1;
    for (let part = button; part; part = part.parentElement) opacity *= getComputedStyle(part).opacity;
    return opacity;
  };
  const look = () => {
    const opacity = opacityOf();
    if (opacity > 0) channel.port1.postMessage(opacity);
    if (opacity < 0.99) requestAnimationFrame(look);
  };
  channel.port2.onmessage = ({ data }) => {
    const now = performance.now();
    if (!seen.visible) Object.assign(seen, { visible: now, paths: performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname) });
    if (data >= 0.99) window.benchVisible({ ...seen, readable: now });
  };
  requestAnimationFrame(look);
}

/** Waits for the next click: milliseconds from the input's time stamp to the end of the next frame, and what Event Timing says (in steps of 8). */
export function watchClick() {
  const channel = new MessageChannel();
  let stamp;
  window.benchClick = new Promise((done) => {
    const timings = [];
    new PerformanceObserver((list) => timings.push(...list.getEntries())).observe({ type: "event", durationThreshold: 16 });
    channel.port2.onmessage = () => {
      const paint = performance.now() - stamp;
      setTimeout(() => done({ paint, eventTiming: timings.find(({ name }) => name === "click")?.duration ?? 0 }), 300);
    };
    addEventListener(
      "click",
      (event) => {
        stamp = event.timeStamp;
        requestAnimationFrame(() => channel.port1.postMessage(0));
      },
      { capture: true, once: true },
    );
  });
}

/** Middle of the button. */
export function middleOf(selector) {
  const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
