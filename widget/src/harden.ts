// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes a sheet stand against a page's own: every declaration `!important` but our own variables,
 * and every selector with the weight of two ids. Here and not in the build, for what is repeated
 * in each line would be sent with each line.
 *
 * @param css as the build leaves it: minified, `^` where `style.css` says `:is(#assent, .assent-frame)`
 */
export function harden(css: string): string {
  return css
    .replace(/[{;](?!--)[^{};]+(?=[;}])/g, '$&!important')
    .replace(/\^/g, ':is(#assent#assent,.assent-frame)');
}
