// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

/**
 * Said inside the transaction that changes, removes or publishes a site; who listens with {@code
 * TransactionalEventListener} hears of it once that is committed.
 */
record SiteChanged(String siteKey) {}
