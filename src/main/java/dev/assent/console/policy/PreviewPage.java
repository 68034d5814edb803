// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

/**
 * A page of nobody's with a banner on it, to be looked at in a frame.
 *
 * @param language of the page, which is how the banner finds its own
 * @param direction {@code ltr} or {@code rtl}
 * @param scheme {@code light} or {@code dark}
 * @param script the banner's own, JavaScript
 * @param artefact the document behind it, canonical JSON
 */
public record PreviewPage(
        String language, String direction, String scheme, String script, String artefact) {}
