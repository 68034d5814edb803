// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.site.PolicyChange;
import dev.assent.site.PolicyHistory;
import dev.assent.site.Site;
import java.util.List;

/**
 * One published version.
 *
 * @param before the number of the version before it; 0 for the first
 * @param changes against that one, in words
 */
public record VersionPage(
        Site site, PolicyHistory.Listed version, int before, List<PolicyChange> changes) {}
