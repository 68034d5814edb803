// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The door and the wiring of the service: the command line, migrations before the first connection,
 * and what is made once at the first start.
 *
 * <p>May import everything; nothing imports it. Begin with {@link dev.assent.Assent}.
 */
@NullMarked
package dev.assent;

import org.jspecify.annotations.NullMarked;
