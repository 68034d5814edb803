// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

/** A few words and one way on. */
public record NoticePage(String title, String words, String href, String label) {}
