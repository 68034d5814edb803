// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.console.FormFault;

/**
 * What can be taken home.
 *
 * @param from as it was typed
 * @param to as it was typed
 * @param size of the checkpoint that a sample is drawn under
 * @param served size of the one that is served now; 0 before the first
 */
public record FilesPage(
        Audit audit,
        String from,
        String to,
        String size,
        String seed,
        String count,
        long served,
        FormFault fault) {}
