// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.web.Problem.Fault;
import java.util.List;

/**
 * Where a file with a policy is handed in.
 *
 * @param reason why the last one was not taken; empty if there was none
 * @param faults of the last one, by JSON pointer
 */
public record ImportPage(String siteKey, String siteName, String reason, List<Fault> faults) {}
