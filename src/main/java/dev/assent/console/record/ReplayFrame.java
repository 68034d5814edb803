// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

/**
 * The page that a replayed banner stands on.
 *
 * @param direction {@code ltr} or {@code rtl}
 * @param script address of the script that was served then
 */
public record ReplayFrame(String language, String direction, String script) {}
