// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import java.util.Arrays;
import java.util.List;

/**
 * Something secret that was just made, as its page shows it once.
 *
 * @param what it is
 * @param text the secret; empty if it has been shown before
 */
public record Handed(What what, String text) {
    /** Nothing was made. */
    public static final Handed NONE = new Handed(What.NOTHING, "");

    /** What can be handed over, and what is said of it. */
    public enum What {
        NOTHING("", "", "", ""),
        KEY(
                "The new key",
                "Here is the new key.",
                "Copy it to where your program finds it: it is shown this once.",
                "The key was made. It is shown only once: if nobody copied it, revoke it and make"
                        + " another."),
        INVITATION(
                "The link",
                "The invitation is made.",
                "Send this link to whom you invite. It works once, within seven days, and is shown"
                        + " this once.",
                "The invitation was made. Its link is shown only once: if nobody copied it, invite"
                        + " the same address again. The first link then opens nothing."),
        MAILED_INVITATION(
                "The link",
                "The invitation is on its way by mail.",
                "You can pass its link on yourself, too. It works once, within seven days, and is"
                        + " shown this once.",
                "The invitation was mailed. Its link is shown here only once."),
        PASSWORD_LINK(
                "The link",
                "The link is made.",
                "Send it to your colleague, who sets a new password by it. It works once, within an"
                        + " hour, and is shown this once.",
                "The link was made. It is shown only once: if nobody copied it, make another. The"
                        + " first one then opens nothing."),
        SHARE_LINK(
                "The new link",
                "Here is the new link.",
                "Whoever has it comes in, so give it to nobody but the auditor. It is shown this"
                        + " once.",
                "The link was made. It is shown only once: if nobody copied it, end it and make"
                        + " another."),
        WEBHOOK(
                "The secret",
                "The webhook is made, and here is its secret.",
                "Your system checks by it that messages are ours. It is shown this once.",
                "The webhook was made. Its secret is shown only once: if nobody copied it, make a new"
                        + " one below."),
        WEBHOOK_SECRET(
                "The secret",
                "Here is the new secret.",
                "Your system checks by it that messages are ours. It is shown this once.",
                "The secret was made. It is shown only once: if nobody copied it, make another"
                        + " below."),
        BACKUP_CODES(
                "The backup codes",
                "Here are your backup codes.",
                "Keep them where you will find them without your phone. Each works once; they are"
                        + " shown this once.",
                "Your backup codes were made. They are shown only once: if you did not keep them,"
                        + " make new ones below.");

        private final String label;
        private final String news;
        private final String advice;
        private final String gone;

        What(String label, String news, String advice, String gone) {
            this.label = label;
            this.news = news;
            this.advice = advice;
            this.gone = gone;
        }

        /** What the secret is called. */
        public String label() {
            return label;
        }

        /** What happened. */
        public String news() {
            return news;
        }

        /** What to do with it. */
        public String advice() {
            return advice;
        }

        /** What is said when it has been shown before. */
        public String gone() {
            return gone;
        }

        static What of(String name) {
            return Arrays.stream(values())
                    .filter(what -> what.name().equals(name))
                    .findFirst()
                    .orElse(NOTHING);
        }
    }

    /** Whether there is anything to say. */
    public boolean isNews() {
        return what != What.NOTHING;
    }

    /** Whether it is shown now, and not again. */
    public boolean isShown() {
        return isNews() && !text.isEmpty();
    }

    /** Its lines: a set of codes has several. */
    public List<String> lines() {
        return text.lines().toList();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "handed: " + what;
    }
}
