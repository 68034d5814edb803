// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.site.Site;
import dev.assent.web.Problem.Fault;
import java.util.List;

/**
 * Where a file with a policy is handed in.
 *
 * @param reason why the last one was not taken; empty if there was none
 * @param typed JSON that was typed in place of a file
 * @param faults of the last one, by JSON pointer
 */
public record ImportPage(Site site, String reason, String typed, List<Fault> faults) {}
