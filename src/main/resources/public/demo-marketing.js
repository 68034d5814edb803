// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Runs only with consent to "marketing": what an advertiser's pixel would do, without the advertiser.
{
  const known = /(?:^|; )demo_ad=(\w+)/.exec(document.cookie)?.[1];
  const id = known ?? crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
  document.cookie = `demo_ad=${id}; Path=/; Max-Age=7776000; SameSite=Lax`;
  const told = { purpose: 'marketing', says: `knows you as ${id}` };
  if (window.demo) window.demo.ran(told);
  else (window.demoRan ??= []).push(told);
}
