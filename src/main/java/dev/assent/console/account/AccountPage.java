// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.account;

import dev.assent.account.Members;
import dev.assent.account.SecondFactors;
import dev.assent.account.Sessions;
import dev.assent.console.Flash;
import dev.assent.console.FormFault;
import dev.assent.console.Handed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One's own account.
 *
 * @param secondFactor whether it is on
 * @param offer the secret that waits for its first code
 * @param codesLeft backup codes that are left
 * @param made backup codes, if some were just made
 * @param places organizations that one belongs to
 */
public record AccountPage(
        boolean secondFactor,
        @Nullable Offer offer,
        int codesLeft,
        Handed made,
        List<Sessions.Listed> sessions,
        List<Members.Place> places,
        Fault fault,
        Flash flash) {
    static final Fault NO_FAULT = new Fault("", FormFault.NONE);

    /**
     * What is wrong, and with which form: two of them ask for the password.
     *
     * @param section the id that its fields begin with
     */
    public record Fault(String section, FormFault reason) {
        /** What is wrong with the form of {@code name}. */
        public FormFault at(String name) {
            return section.equals(name) ? reason : FormFault.NONE;
        }
    }

    /**
     * A secret for an authenticator app.
     *
     * @param secret in groups of four, for typing
     * @param picture its QR code
     */
    public record Offer(String secret, String uri, QrPicture picture) {
        static Offer of(SecondFactors.Offer offer) {
            return new Offer(
                    offer.text().replaceAll("(.{4})(?=.)", "$1 "),
                    offer.uri(),
                    QrPicture.of(offer.uri()));
        }
    }
}
