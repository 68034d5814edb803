// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.account.Trail;
import java.util.List;

/**
 * A page of the trail, newest first.
 *
 * @param older the address of the next page; empty on the last
 */
public record TrailPage(List<Trail.Event> events, String older) {}
