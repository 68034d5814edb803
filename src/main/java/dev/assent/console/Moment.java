// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

/** A point in time for programs (RFC 3339) and for people, in UTC. */
public record Moment(String machine, String words) {}
