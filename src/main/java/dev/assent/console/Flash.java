// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.Locale;

/**
 * What a page says of what was done just before. It comes in the address of the page that one is
 * led to, as a name from this list: no address can make the console say anything else.
 */
public enum Flash {
    NONE(""),
    SITE_MADE("The site is made. Next, write its policy and publish it."),
    SITE_REMOVED("The site is removed. Its records stay until their retention ends."),
    SAVED("Saved."),
    SETTINGS_SAVED("The settings are saved, and hold from now on."),
    WEBHOOK_PAUSED("The webhook is paused. What happens meanwhile is kept for it."),
    WEBHOOK_RESUMED("The webhook is told again."),
    WEBHOOK_REMOVED("The webhook is removed."),
    TEST_SENT("A test is on its way; how it went stands below within seconds."),
    SENT_AGAIN("It is sent again, under the same id; how that went stands below within seconds."),
    COUNTING_CHANGED("The draft is changed. Visitors are told with the next version: publish it."),
    DECLARED("Declared in the draft. It holds from the next version on: publish it."),
    LIST_CLEARED("The list is empty. Whatever is found from now on stands here again."),
    DRAFT_MADE(
            "The draft is made and saved. Look through it beside the banner, change what you like,"
                    + " then publish it: until then no visitor sees it."),
    DRAFT_THERE("There is a draft already, so it was left as it is. Here it is."),
    DRAFT_AGAIN(
            "The draft says again what that version says. Nothing is published: look through it,"
                    + " then publish it if you like."),
    DRAFT_SAVED("The draft is saved. Visitors see it once you publish it."),
    PUBLISHED("It is published: live within seconds, or from its date."),
    KEY_REVOKED("The key is revoked. It opens nothing any more."),
    INVITATION_WITHDRAWN("The invitation is withdrawn. Its link opens nothing any more."),
    ROLE_CHANGED("The role is changed. It holds at once."),
    MEMBER_REMOVED("The member is removed, and signed out. What they did stays in the trail."),
    LINK_ENDED("The link has ended. Nobody comes in by it any more."),
    ORGANIZATION_ENTERED("You are in another organization now. Its name stands at the top."),
    PASSWORD_CHANGED("Your password is changed. All other sessions have ended."),
    SECOND_FACTOR_OFF("The second factor is off. Your password alone lets you in."),
    SESSION_ENDED("The session has ended. That browser has to sign in again."),
    OTHER_SESSIONS_ENDED("All other sessions have ended. Those browsers have to sign in again.");

    private final String words;

    Flash(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** {@code path} with this to be said there. */
    public String at(String path) {
        return path + "?done=" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What {@code done} names; nothing for any other text. */
    public static Flash of(String done) {
        for (Flash flash : values()) {
            if (flash.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(done)) {
                return flash;
            }
        }
        return NONE;
    }
}
