// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.site;

import dev.assent.site.TagCheck;

/** What a check of a page has found, in words for the site's owner. */
final class Findings {
    private Findings() {}

    static String words(TagCheck.Result result) {
        return switch (result.finding()) {
            case FOUND -> "The tag is there.";
            case OUTDATED ->
                    "The tag is there, but it names the script of an earlier version by its hash."
                            + " Visitors keep that version until you replace the tag.";
            case HELD ->
                    "The tag is there, but its type keeps browsers from running it. Take the type"
                            + " away.";
            case ELSEWHERE ->
                    "A tag with this site’s key is there, but it brings the script from another"
                            + " address than this service’s.";
            case OTHER_SITE -> "A tag of this service is there, but with another site’s key.";
            case ABSENT ->
                    "No tag was found in the page’s HTML. One that another script puts there, such"
                            + " as a bundle or a tag manager, cannot be seen this way: open the page"
                            + " in a browser.";
            case NO_PAGE, UNREACHABLE -> "The page could not be looked at. " + result.reason();
        };
    }
}
