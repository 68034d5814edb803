// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Runs only with consent to "analytics": counts this browser's visits.
{
  const visits = 1 + Number(/(?:^|; )demo_visits=(\d+)/.exec(document.cookie)?.[1] ?? 0);
  document.cookie = `demo_visits=${visits}; Path=/; Max-Age=2592000; SameSite=Lax`;
  const told = { purpose: 'analytics', says: visits === 1 ? 'this is your first counted visit' : `you were here ${visits} times` };
  if (window.demo) window.demo.ran(told);
  else (window.demoRan ??= []).push(told);
}
