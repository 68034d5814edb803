// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The auditor's workspace: the same pages for whoever is signed in, under {@code /console}, and for
 * whoever has come by a link, under {@code /audit}. {@link dev.assent.console.audit.Audit} says who
 * that is and what may be seen; the classes that end in {@code Answers} do the rest for both.
 *
 * <p>May import {@code console} and all below it. Begin with {@code AuditPages} and {@code
 * GuestPages}.
 */
@NullMarked
package dev.assent.console.audit;

import org.jspecify.annotations.NullMarked;
