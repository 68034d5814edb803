// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Runs only with consent to "theme": remembers light or dark in this browser.
{
  const key = 'demo-theme';
  const shade = localStorage.getItem(key);
  if (shade) {
    document.documentElement.dataset.shade = shade;
    window.demo?.setShade(shade === 'dark');
  }
  document.addEventListener('demo:shade', ({ detail }) => localStorage.setItem(key, detail));
  const told = { purpose: 'theme', says: shade ? `remembered: ${shade}` : 'will remember light or dark' };
  if (window.demo) window.demo.ran(told);
  else (window.demoRan ??= []).push(told);
}
