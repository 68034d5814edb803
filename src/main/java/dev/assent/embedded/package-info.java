// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The servers that come with the program: a real PostgreSQL and a real Redis as child processes,
 * for whoever has configured none. Their programs lie in Maven artifacts, their data in one folder.
 *
 * <p>May import nothing of ours and nothing of Micronaut; who starts and closes them is the
 * caller's affair. Begin with {@link dev.assent.embedded.LocalPostgres}; how a server is stopped,
 * whatever has happened to us, stands in {@code ServerProcess}.
 */
@NullMarked
package dev.assent.embedded;

import org.jspecify.annotations.NullMarked;
