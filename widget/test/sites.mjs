// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

// Pages of imagined customers.

const TAG = '<script async src="/w/k7Q2mZ0pRb.js"></script>';

/** A small shop: the least that a customer's page is. */
export function shop(lang = 'en', { head = TAG, body = '' } = {}) {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Linden &amp; Sons</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">${head}
<style>body{margin:0;font:16px/1.6 Georgia,serif;background:#f6f3ec;color:#33302a}header{padding:20px 32px;background:#fff}
main{max-width:880px;margin:32px auto;padding:0 24px}.row{display:grid;grid-template-columns:repeat(3,1fr);gap:24px}.row div{height:220px;background:#ddd5c4}
@media(prefers-color-scheme:dark){body{background:#15171a;color:#c9c6bf}header{background:#1d2023}.row div{background:#2b2f33}}</style>
</head><body><header><b>Linden &amp; Sons</b> <a href="#basket" id="first">Basket</a></header>
<main><h1>Oak, turned by hand</h1><p>Bowls, spoons and boards from one workshop in Aarhus.</p>
<div class="row"><div></div><div></div><div></div></div>${body}<p><a href="#" data-assent-open id="open">Cookie settings</a></p></main></body></html>`;
}

/** A page that fights: !important on everything, a z-index war, transformed body, huge root font. */
export function hostile() {
  return shop('en', {
    head: `${TAG}<style>
      html{font-size:40px}
      body{transform:rotate(.4deg) scale(.98);overflow-x:hidden;text-align:center;letter-spacing:2px;text-transform:uppercase}
      *{color:#c00!important;font-family:fantasy!important;letter-spacing:3px!important;margin:7px!important;border-radius:0!important;
        float:left!important;text-transform:uppercase!important;line-height:3!important;opacity:.8!important;transform:skewX(4deg)!important}
      *::before{content:"!"!important;color:red!important}
      button,input,a,section,dialog{background:lime!important;font-size:30px!important;display:inline!important;width:50%!important;visibility:hidden!important}
      button:not(#x){border:9px dotted red!important;padding:0!important}
      div{z-index:2147483647;position:static!important}
    </style>`,
  });
}
