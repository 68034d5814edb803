// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.site.PolicyChange;
import dev.assent.site.Site;
import java.util.List;

/**
 * What led from one version to another.
 *
 * @param numbers all versions of the site, newest first
 */
public record ChangesPage(
        Site site, int from, int to, List<PolicyChange> changes, List<Integer> numbers) {}
