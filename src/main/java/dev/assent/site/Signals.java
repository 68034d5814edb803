// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import dev.assent.receipt.JsonObject;

/**
 * Which programs of others the widget tells about each choice.
 *
 * @param googleConsentMode Google's consent mode, version 2
 * @param microsoftConsentMode Microsoft's consent mode for Universal Event Tracking
 * @param matomo Matomo's consent calls
 */
record Signals(boolean googleConsentMode, boolean microsoftConsentMode, boolean matomo) {
    private static final String GOOGLE = "googleConsentMode";
    private static final String MICROSOFT = "microsoftConsentMode";
    private static final String MATOMO = "matomo";

    /** Those that the owner asked for; none where nothing is said. */
    static Signals read(JsonForm form) {
        return new Signals(
                form.bool(GOOGLE, false), form.bool(MICROSOFT, false), form.bool(MATOMO, false));
    }

    void put(JsonObject.Builder artefact) {
        artefact.put(GOOGLE, googleConsentMode)
                .put(MICROSOFT, microsoftConsentMode)
                .put(MATOMO, matomo);
    }
}
