// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

/**
 * A record with the columns by which it is found.
 *
 * @param siteId the site's key in the database
 * @param policyVersion of that site
 * @param action such as {@code save}
 * @param subject 22 characters of base64url
 */
record StoredRecord(
        long siteId, int policyVersion, String action, String subject, ConsentRecord record) {}
