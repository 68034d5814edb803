// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/** The style sheet as the build makes it: minified, every declaration `!important`. */
declare module '*.css' {
  const text: string;
  export default text;
}
