// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.site.PolicyChange;
import dev.assent.site.Site;
import java.util.List;

/**
 * Asks whether a draft with changes of its own may give way to what a version says.
 *
 * @param version whose policy would become the draft
 * @param tag of the draft that would be lost
 * @param changes of that draft against the newest version, in words
 */
public record ReplacePage(Site site, int version, String tag, List<PolicyChange> changes) {}
