// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// The main paths of a visitor, with the same steps in every engine that is here.

import { expect, test } from 'vitest';
import { GRANTED, REFUSED } from '../browser/page';
import { inEachEngine } from './engines';
import { RAN, visits } from './visit';

inEachEngine((launch) => {
  const visit = visits(launch);
  const requested = () => visit.server.requests.filter((path) => ['/held.js', '/map'].includes(path)).sort();

  test('accept_releasesWhatIsHeldAndIsKept', async () => {
    await visit.choices(REFUSED);
    await visit.ran([]);
    expect(requested()).toEqual([]);
    await visit.click('accept-all');
    await visit.see('banner', 0);
    await visit.choices(GRANTED);
    await visit.ran(RAN);
    await visit.sent('accept_all');
    await visit.go('/');
    await visit.see('reopen');
    await visit.choices(GRANTED);
    await visit.ran(RAN);
    await expect.poll(requested).toEqual(['/held.js', '/held.js', '/map', '/map']);
    await visit.waiting(0);
    await visit.sent('accept_all');
  });

  test('reject_isKeptAndHoldsOn', async () => {
    await visit.click('reject-all');
    await visit.see('banner', 0);
    await visit.sent('reject_all');
    await visit.go('/');
    await visit.see('reopen');
    await visit.choices(REFUSED);
    await visit.ran([]);
    expect(requested()).toEqual([]);
  });

  test('preferences_changeAnAnswer', async () => {
    await visit.click('choose');
    await visit.see('preferences');
    await visit.visitor.click('#assent [name=theme]');
    await visit.click('save');
    await visit.see('preferences', 0);
    await visit.choices({ ...REFUSED, theme: true });
    await visit.waiting(0);
    await visit.click('reopen');
    const states = () => [...document.querySelectorAll<HTMLInputElement>('#assent [role=switch]')].map((it) => it.checked);
    await visit.ask(states).toEqual([true, true, false]);
    await visit.visitor.click('#assent [name=theme]');
    await visit.visitor.click('#assent [name=analytics]');
    await visit.click('save');
    await visit.choices({ ...REFUSED, analytics: true });
    await visit.ran(RAN);
    await visit.sent('save', 'save');
    const [first, second] = visit.server.posts;
    expect(second!.choice).toMatchObject({ choices: { ...REFUSED, analytics: true }, source: 'preferences', previous: first!.choice.id });
  });

  test('withdrawal_holdsAgainAndClears', async () => {
    await visit.click('accept-all');
    await visit.ran(RAN);
    await visit.sent('accept_all');
    await visit.visitor.ask(() => {
      document.cookie = '_ga=1; path=/';
      localStorage.theme = 'dark';
    });
    await visit.visitor.click('#open');
    await visit.click('withdraw');
    await visit.ran([]); // The page is a new one: its script could not be stopped otherwise.
    await visit.see('reopen');
    await visit.choices(REFUSED);
    await visit.ask(() => [/_ga/.test(document.cookie), 'theme' in localStorage]).toEqual([false, false]);
    await visit.sent('accept_all', 'withdraw');
    // Firefox opens anew, at a reload, the frames that a page came with: here, none.
    await visit.ask(() => document.readyState).toBe('complete');
    expect(requested()).toEqual(['/held.js', '/map']);
  });

  test('withdrawal_reachesThePageThatOneGoesBackTo', async () => {
    await visit.click('accept-all');
    await visit.ran(RAN);
    await visit.sent('accept_all');
    await visit.go('/basket');
    await visit.ran(RAN);
    await visit.visitor.click('#open');
    await visit.click('withdraw');
    await visit.ran([]);
    await visit.see('reopen');
    await visit.visitor.ask(() => history.back());
    await visit.ask(() => location.pathname).toBe('/');
    await visit.choices(REFUSED);
    await visit.ran([]);
    await visit.sent('accept_all', 'withdraw');
  });

  test('withdrawalWithoutReload_leavesNothingToGoBackToInAFrame', async () => {
    visit.server.policy.reloadOnWithdrawal = false;
    await visit.go('/basket');
    await visit.click('accept-all');
    await visit.ran(RAN);
    await expect.poll(requested).toEqual(['/held.js', '/map']);
    await visit.ask(() => document.readyState).toBe('complete');
    await visit.visitor.click('#open');
    await visit.click('withdraw');
    await visit.ask(() => document.querySelectorAll('[data-assent=placeholder]').length).toBe(1);
    await visit.visitor.ask(() => history.back());
    await visit.ask(() => location.pathname).toBe('/');
    await visit.choices(REFUSED);
    expect(requested()).toEqual(['/held.js', '/map']);
  });

  test('outbox_deliversWhenTheNetworkReturns', async () => {
    visit.server.answer = 0;
    await visit.click('reject-all');
    await expect.poll(() => visit.server.posts.length).toBeGreaterThan(0);
    await visit.waiting(1);
    await visit.choices(REFUSED);
    visit.server.answer = 201;
    // An answer that never came may still be under way in the page: it is asked until it has seen that.
    await visit.ask(() => (dispatchEvent(new Event('online')), Object.keys(localStorage).join())).not.toContain('.outbox.');
    await visit.sent('reject_all');
  });

  test('outbox_deliversOnTheNextPage', async () => {
    visit.server.answer = 0;
    await visit.click('accept-all');
    await expect.poll(() => visit.server.posts.length).toBeGreaterThan(0);
    await visit.waiting(1);
    visit.server.answer = 201;
    await visit.go('/basket');
    await visit.see('reopen');
    await visit.choices(GRANTED);
    await visit.waiting(0);
    await visit.sent('accept_all');
  });

  test('keyboard_answers', async () => {
    const focused = () => (document.activeElement as HTMLElement).dataset.assent;
    for (let steps = 0; steps < 5 && (await visit.visitor.ask(focused)) !== 'reject-all'; steps++) await visit.visitor.press('Tab');
    await visit.ask(focused).toBe('reject-all');
    await visit.visitor.press('Enter');
    await visit.see('banner', 0);
    await visit.sent('reject_all');
    await visit.ask(focused).toBe('reopen');
    await visit.visitor.press('Space');
    await visit.see('preferences');
    await visit.visitor.press('Escape');
    await visit.see('preferences', 0);
  });
});
