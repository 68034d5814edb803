// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** A style sheet as the build makes it, for `harden`. */
declare module '*.css' {
  const text: string;
  export default text;
}
