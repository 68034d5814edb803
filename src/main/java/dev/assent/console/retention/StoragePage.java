// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.retention;

/** What Assent stores and why. */
public record StoragePage(Inventory inventory) {}
