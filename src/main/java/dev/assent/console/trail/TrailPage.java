// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.trail;

import dev.assent.console.FormFault;
import dev.assent.trail.TrailEvent;
import dev.assent.trail.TrailQuery;
import java.util.List;

/**
 * A page of the trail, newest first.
 *
 * @param query what is looked for, as it was typed
 * @param actions all that there are to choose from
 * @param older the address of the next page; empty on the last
 */
public record TrailPage(
        List<TrailEvent> events,
        TrailQuery query,
        List<String> actions,
        String older,
        FormFault fault) {

    /** An action in words, such as {@code role changed}. */
    public static String words(String action) {
        return action.replace('-', ' ');
    }
}
