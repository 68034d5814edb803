// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.audit.Stretch;
import dev.assent.console.FormFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether anything is missing between two records, or the form that asks.
 *
 * @param one as it was typed
 * @param other as it was typed
 * @param stretch the answer; absent where nothing was asked, or could not be answered
 * @param faults in words
 */
public record BetweenPage(
        Audit audit,
        String one,
        String other,
        @Nullable Stretch stretch,
        List<String> faults,
        FormFault fault) {

    public BetweenPage {
        faults = List.copyOf(faults);
    }

    /** Address of every number of the stretch with its proof. */
    public String file(Stretch of) {
        return audit.base() + "/between.ndjson?first=" + of.first() + "&last=" + of.last();
    }
}
