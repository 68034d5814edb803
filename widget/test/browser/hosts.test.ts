// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Host rules, by the log of the network: of a held host nothing is requested before consent, by
// whatever way a page's scripts may ask; after it, it is; after a withdrawal it is not again.

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Purpose } from '../../src/types';
import { samplePolicy } from '../policy.mjs';
import { shop } from '../sites.mjs';
import { count, isReady, press, until, visits } from './page';

const visit = visits();
const purposes: Purpose[] = samplePolicy().purposes.map((it) => (it.id === 'analytics' ? { ...it, hosts: ['held.localhost', '*.held.localhost'] } : it));
const policy = { purposes, reloadOnWithdrawal: false };
const host = () => visit.server.origin.replace('localhost', 'held.localhost');
const asked = (part = '/held/') => visit.server.requests.filter((it) => it.startsWith(part));
const open = (options = {}) => visit.open({ policy, expectErrors: true, ...options });
/** All that was asked for before is answered when this is. */
const settled = async (page: Page) => {
  await page.evaluate(() => new Promise((done) => setTimeout(done)));
  await page.evaluate(() => fetch('/settled.js').then((it) => it.text()));
  await page.evaluate(() => fetch('/settled.js').then((it) => it.text()));
};
/** Runs a way of asking, for an address on the held host. */
const ask = (page: Page, way: string, path: string) => page.evaluate(`void (async (u) => { ${way} })(${JSON.stringify(host() + path)})`);

/** What stands in the page afterwards is brought back by the consent itself. */
const ELEMENTS: Record<string, string> = {
  'script.src': "const s = document.createElement('script'); s.src = u; document.head.append(s)",
  'script.src, inserted first': "const s = document.createElement('script'); document.head.append(s); s.src = u",
  'script, as vendors write it': "const s = document.createElement('script'); s.type = 'text/javascript'; s.async = true; s.src = u; const f = document.getElementsByTagName('script')[0]; f.parentNode.insertBefore(s, f)",
  'script.setAttribute': "const s = document.createElement('script'); s.setAttribute('SRC', u); document.body.appendChild(s)",
  'script.setAttributeNS': "const s = document.createElement('script'); s.setAttributeNS(null, 'src', u); document.body.appendChild(s)",
  'script.setAttributeNode': "const s = document.createElement('script'), a = document.createAttribute('src'); a.value = u; s.setAttributeNode(a); document.body.appendChild(s)",
  'script, module': "const s = document.createElement('script'); s.type = 'module'; s.src = u; document.head.append(s)",
  'script, by attribute value': "const s = document.createElement('script'), a = document.createAttribute('src'); s.setAttributeNode(a); a.value = u; document.body.appendChild(s)",
  'script in a box': "const s = document.createElement('script'), d = document.createElement('div'); s.src = u; d.append(s); document.body.append(d)",
  'script in a fragment': "const r = document.createRange(); document.body.append(r.createContextualFragment(`<p>x</p><script src='${u}'></script>`))",
  'frame in a cloned template': "const t = document.createElement('template'); t.innerHTML = `<div><iframe src=\"${u}\"></iframe></div>`; document.body.append(t.content.cloneNode(true))",
  'frame in a nested template': "const t = document.createElement('template'); t.innerHTML = `<template><iframe src=\"${u}\"></iframe></template>`; document.body.append(document.importNode(t.content.firstChild.content, true))",
  'iframe.src': "const f = document.createElement('iframe'); f.src = u; document.body.append(f)",
  'iframe.setAttribute': "const f = document.createElement('iframe'); document.body.append(f); f.setAttribute('src', u)",
  'iframe.srcdoc': "const f = document.createElement('iframe'); f.srcdoc = `<img src=\"${u}\">`; document.body.append(f)",
  'iframe in innerHTML': "const d = document.createElement('div'); document.body.append(d); d.innerHTML = `<iframe title=\"a > b\" src=${u}></iframe>`",
  'iframe in insertAdjacentHTML': "document.body.insertAdjacentHTML('beforeend', `<p><iframe src=\"${u}\"></iframe>`)",
  'iframe in outerHTML': "const d = document.createElement('div'); document.body.append(d); d.outerHTML = `<iframe src='${u}'></iframe>`",
  'iframe in a parsed document': "const d = new DOMParser().parseFromString(`<iframe src='${u}'></iframe>`, 'text/html'); document.body.append(d.body.firstChild)",
  'image in innerHTML': "const d = document.createElement('div'); document.body.append(d); d.innerHTML += `<img alt='' src='${u}'>`",
  'image.srcset': "const i = new Image(); i.srcset = `${u} 1x, ${u} 2x`; document.body.append(i)",
  'image in the page': "const i = document.createElement('img'); document.body.append(i); i.src = u",
  'picture': "document.body.insertAdjacentHTML('beforeend', `<picture><source srcset='${u}'><img alt=''></picture>`)",
  'style sheet': "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = u; document.head.append(l)",
  'preload': "const l = document.createElement('link'); Object.assign(l, { rel: 'preload', as: 'script', href: u }); document.head.append(l)",
  'video.src': "const v = document.createElement('video'); v.preload = 'auto'; v.src = u; document.body.append(v)",
  'video.poster': "const v = document.createElement('video'); v.poster = u; document.body.append(v)",
  'embed.src': "const e = document.createElement('embed'); e.type = 'text/html'; e.src = u; document.body.append(e)",
  'object.data': "const o = document.createElement('object'); o.type = 'text/html'; o.data = u; document.body.append(o)",
  'input.src': "const i = document.createElement('input'); i.type = 'image'; i.src = u; document.body.append(i)",
  'element of a subclass': "class It extends HTMLDivElement { put(u) { const i = document.createElement('iframe'); super.append(i); i.src = u } } customElements.define('x-it' + u.at(-4), It, { extends: 'div' }); const d = new It(); document.body.append(d); d.put(u)",
};

/** What is asked for once and gone: it is refused, and asked for again by the page if it likes. */
const CALLS: Record<string, string> = {
  'new Image().src': 'new Image().src = u',
  'image.setAttribute': "new Image().setAttribute('src', u)",
  'new Audio()': "const a = new Audio(u); a.preload = 'auto'; a.load()",
  sendBeacon: "navigator.sendBeacon(u, 'x')",
  fetch: 'await fetch(u).catch(() => 0)',
  'fetch of a request': "await fetch(new Request(u, { method: 'POST', body: 'x', keepalive: true })).catch(() => 0)",
  'fetch of a URL object': 'await fetch(new URL(u)).catch(() => 0)',
  XMLHttpRequest: "const x = new XMLHttpRequest(); x.open('POST', u); x.send('x')",
  EventSource: 'const e = new EventSource(u); e.onerror = () => e.close()',
  WebSocket: "new WebSocket(u.replace('http', 'ws'))",
};

/** Tries every way, each with an address of its own; says which of them reached the network. */
async function askAll(page: Page, ways: Record<string, string>, turn: number): Promise<void> {
  for (const [at, way] of Object.values(ways).entries()) await ask(page, way, `/held/${at}/${turn}.js`);
  await settled(page);
}
const reached = (ways: Record<string, string>, turn: number) => Object.keys(ways).filter((_, at) => asked(`/held/${at}/${turn}.js`).length > 0);

test('elements_waitForConsent', async () => {
  const page = await open();
  await askAll(page, ELEMENTS, 1);
  expect(reached(ELEMENTS, 1)).toEqual([]);
  await page.evaluate(() => window.assent!.acceptAll());
  await expect.poll(() => reached(ELEMENTS, 1)).toEqual(Object.keys(ELEMENTS));
  await page.evaluate(() => window.assent!.withdraw());
  await settled(page);
  visit.server.requests.length = 0;
  await askAll(page, ELEMENTS, 2);
  expect(asked()).toEqual([]);
});

test('calls_areRefusedWithoutConsent', async () => {
  const page = await open();
  await askAll(page, CALLS, 1);
  await page.evaluate(() => window.assent!.acceptAll());
  await settled(page);
  expect(asked()).toEqual([]);
  await askAll(page, CALLS, 2);
  await expect.poll(() => reached(CALLS, 2)).toEqual(Object.keys(CALLS));
  await page.evaluate(() => window.assent!.withdraw());
  await askAll(page, CALLS, 3);
  expect(reached(CALLS, 3)).toEqual([]);
});

test('calls_failAsOnABlockedNetwork', async () => {
  const page = await open();
  const seen = await page.evaluate(async (u) => {
    const request = new XMLHttpRequest();
    const events: string[] = [];
    for (const type of ['readystatechange', 'load', 'error', 'loadend']) request.addEventListener(type, () => events.push(`${type} ${request.readyState} ${request.status}`));
    const ended = new Promise((done) => request.addEventListener('loadend', done));
    request.open('POST', u);
    request.setRequestHeader('content-type', 'text/plain');
    request.send('x');
    await ended;
    const socket = new WebSocket(u.replace('http', 'ws'));
    const closed = await new Promise<number>((done) => (socket.onclose = ({ code }) => done(code)));
    const source = new EventSource(u);
    const failed = await new Promise<number>((done) => (source.onerror = () => done(source.readyState)));
    const image = new Image();
    const broken = new Promise((done) => (image.onerror = () => done('error')));
    image.src = u;
    return {
      beacon: navigator.sendBeacon(u),
      fetch: await fetch(u).catch((failure) => `${failure}`),
      request: events,
      closed,
      failed,
      image: await broken,
      src: image.src === u,
    };
  }, `${host()}/held/1`);
  expect(seen).toEqual({
    beacon: false,
    fetch: 'TypeError: Failed to fetch',
    request: ['readystatechange 1 0', 'readystatechange 4 0', 'error 4 0', 'loadend 4 0'],
    closed: 1006,
    failed: 2,
    image: 'error',
    src: true,
  });
});

test('scripts_runInOrderOnceWithTheirListeners', async () => {
  const page = await open();
  await page.evaluate((at) => {
    for (const name of ['a', 'b', 'c']) {
      const script = document.createElement('script');
      script.async = false;
      script.onload = () => ((window as { ran?: string[] }).ran ??= []).push(`loaded ${name}`);
      script.src = `${at}/held/${name}.js`;
      document.head.append(script);
    }
  }, host());
  await press(page, 'accept-all');
  const ran = () => page.evaluate(() => (window as { ran?: string[] }).ran);
  const WANTED = ['a', 'b', 'c'].flatMap((it) => [`/held/${it}.js`, `loaded ${it}`]);
  await expect.poll(ran).toEqual(WANTED);
  await page.evaluate(() => window.assent!.acceptAll());
  await settled(page);
  expect(await ran()).toEqual(WANTED);
});

test('frame_hasAPlaceholderAndIsShownOnce', async () => {
  const page = await open();
  await ask(page, "const f = document.createElement('iframe'); f.width = 400; f.height = 300; f.src = u; document.querySelector('main').append(f)", '/held/frame');
  await page.waitForSelector('[data-assent=placeholder]');
  expect(await page.innerText('[data-assent=placeholder] p')).toContain('held.localhost');
  await page.locator('[data-assent=placeholder] [data-assent=allow-once]').dispatchEvent('click');
  // Chromium forgets a new address of a frame whose document is just arriving: so it has arrived.
  await expect.poll(() => page.frames().map((it) => it.url())).toContain(`${host()}/held/frame`);
  expect(asked().length).toBe(1);
  expect(await count(page, '[data-assent=placeholder]')).toBe(0);
  await page.evaluate(() => (document.querySelector('iframe')!.src = '/here'));
  await until(() => visit.server.requests.includes('/here'));
});

test('frame_thatThePageSendsElsewhereIsFree', async () => {
  const page = await open();
  await ask(page, "const f = document.createElement('iframe'); f.src = u; document.querySelector('main').append(f)", '/held/frame');
  await page.waitForSelector('[data-assent=placeholder]');
  await page.evaluate(() => (document.querySelector('iframe')!.src = '/here'));
  await page.waitForSelector('[data-assent=placeholder]', { state: 'detached' });
  await until(() => visit.server.requests.includes('/here'));
});

test('frame_isTakenBackOnWithdrawal', async () => {
  const page = await open();
  await press(page, 'accept-all');
  await ask(page, "const f = document.createElement('iframe'); f.src = u; document.querySelector('main').append(f)", '/held/frame');
  await expect.poll(() => page.frames().map((it) => it.url())).toContain(`${host()}/held/frame`);
  await page.evaluate(() => window.assent!.withdraw());
  await page.waitForSelector('[data-assent=placeholder]');
  await expect.poll(() => page.frames().map((it) => it.url())).toEqual([expect.any(String), 'about:blank']);
});

test('withdrawal_reloadsWhereAnUnmarkedScriptHasRun', async () => {
  const page = await open({ policy: { purposes, reloadOnWithdrawal: true } });
  await press(page, 'accept-all');
  await ask(page, ELEMENTS['script.src']!, '/held/1.js');
  await until(() => asked().length === 1);
  await Promise.all([page.waitForEvent('load'), page.evaluate(() => window.assent!.withdraw())]);
  await isReady(page);
});

test('hostThatTwoPurposesName_waitsForBoth', async () => {
  const page = await open({ policy: { ...policy, purposes: purposes.map((it) => (it.id === 'theme' ? { ...it, hosts: ['held.localhost'] } : it)) } });
  await ask(page, ELEMENTS['script.src']!, '/held/1.js');
  await page.evaluate(() => window.assent!.set({ theme: true }));
  await settled(page);
  expect(asked()).toEqual([]);
  await page.evaluate(() => window.assent!.set({ analytics: true }));
  await until(() => asked().length === 1);
});

test('markedElementOfAHeldHost_waitsForBoth', async () => {
  const BODY = `<script type="text/plain" data-assent="theme" src="HOST/held/1.js"></script><iframe data-assent="theme" data-src="HOST/held/frame"></iframe>`;
  visit.server.pages['/'] = shop('en', { body: BODY.replaceAll('HOST', host()) });
  const page = await open();
  await page.evaluate(() => window.assent!.set({ theme: true }));
  await settled(page);
  expect(asked()).toEqual([]);
  await page.evaluate(() => window.assent!.set({ analytics: true }));
  await until(() => asked().length === 2);
});

test('markupAfterOurTag_doesNotRun', async () => {
  const BODY = `<template id="t"><script src="HOST/held/t.js"></script></template><script src="HOST/held/1.js"></script>
    <script>document.write('<script src="HOST/held/w.js"></' + 'script>')</script>`;
  visit.server.pages['/'] = shop('en', { head: '<script src="/w/k7Q2mZ0pRb.js"></script>', body: BODY.replaceAll('HOST', host()) });
  const page = await open();
  await page.evaluate(() => document.body.append((document.getElementById('t') as HTMLTemplateElement).content.cloneNode(true)));
  await settled(page);
  expect([...asked('/held/t'), ...asked('/held/w')]).toEqual([]);
  const ran = () => page.evaluate(() => (window as { ran?: string[] }).ran?.sort());
  expect(await ran()).toBe(undefined);
  await press(page, 'accept-all');
  await expect.poll(ran).toEqual(['/held/1.js', '/held/t.js', '/held/w.js']);
});

test('whatIsPatched_looksAndWorksAsBefore', async () => {
  const page = await open();
  const seen = await page.evaluate((u) => {
    const { setAttribute } = Element.prototype;
    const src = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, 'src')!;
    // A page that comes after us.
    let calls = 0;
    Element.prototype.setAttribute = function (...given) {
      calls++;
      return setAttribute.apply(this, given);
    };
    const script = document.createElement('script');
    script.setAttribute('src', u);
    class Socket extends WebSocket {
      own = true;
    }
    const socket = new Socket(u.replace('http', 'ws'));
    const illegal = (act: () => void) => {
      try {
        act();
        return 'none';
      } catch (failure) {
        return (failure as Error).name;
      }
    };
    return {
      name: [setAttribute.name, setAttribute.length, fetch.name, WebSocket.name, WebSocket.OPEN],
      native: [setAttribute, fetch, WebSocket, src.set, XMLHttpRequest.prototype.open].every((it) => /\[native code\]/.test(String(it))),
      descriptor: [src.configurable, src.enumerable, Object.getOwnPropertyDescriptor(window, 'fetch')!.writable],
      script: [calls, script.src === u, script.hasAttribute('src')],
      socket: [socket.own, socket instanceof Socket, socket instanceof WebSocket],
      illegal: [
        illegal(() => setAttribute.call({} as Element, 'src', u)),
        illegal(() => src.set!.call({}, u)),
        illegal(() => new Proxy(script, {}).setAttribute('src', u)),
        illegal(() => (setAttribute as () => void).call(script)),
        illegal(() => navigator.sendBeacon.call({} as Navigator, '/x')),
      ],
    };
  }, `${host()}/held/1`);
  expect(seen).toEqual({
    name: ['setAttribute', 2, 'fetch', 'WebSocket', 1],
    native: true,
    descriptor: [true, true, true],
    script: [1, true, false],
    socket: [true, true, true],
    illegal: ['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'],
  });
});

test('withoutHostRules_nothingIsPatched', async () => {
  const page = await visit.open({ policy: { matomo: true } });
  expect(await page.evaluate(() => [Element.prototype.setAttribute, fetch].map(String))).toEqual([
    'function setAttribute() { [native code] }',
    'function fetch() { [native code] }',
  ]);
});

test('trustedTypes_areAskedAsWithoutUs', async () => {
  const headers = { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types assent page" };
  visit.server.pages['/'] = { body: shop(), headers };
  const page = await open();
  const refused = await page.evaluate((u) => {
    const policy = (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): Record<string, (it: string) => string> } }).trustedTypes.createPolicy('page', {
      createScriptURL: (it: string) => it,
      createHTML: (it: string) => it,
    });
    const script = document.createElement('script');
    let refused = '';
    try {
      script.src = u;
    } catch (failure) {
      refused = (failure as Error).name;
    }
    script.src = policy.createScriptURL!(u);
    document.head.append(script);
    const box = document.createElement('div');
    document.body.append(box);
    box.innerHTML = policy.createHTML!(`<iframe src="${u.replace('1.js', 'frame')}"></iframe><iframe srcdoc="<img src='${u.replace('1.js', 'image')}'>"></iframe>`);
    return refused;
  }, `${host()}/held/1.js`);
  expect(refused).toBe('TypeError');
  await settled(page);
  expect(asked()).toEqual([]);
  await press(page, 'accept-all');
  await expect.poll(() => asked().sort()).toEqual(['/held/1.js', '/held/frame', '/held/image']);
});
