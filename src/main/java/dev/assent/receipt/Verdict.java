// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.receipt;

import dev.assent.receipt.Check.Result;
import dev.assent.receipt.JsonValue.Array;
import dev.assent.receipt.JsonValue.Text;
import java.util.List;

/**
 * What a verification found.
 *
 * @param level {@code operator-signed}, or {@code witnessed k/n}: k of the n witnesses in the trust
 *     file vouch for the checkpoint; {@code none} if the verification did not come that far
 * @param checks in the order of their steps, up to the first that failed
 * @param notes what else the reader must know, a sentence each
 */
public record Verdict(String level, List<Check> checks, List<String> notes) {
    /** Level of a file whose signature was not reached. */
    static final String NO_LEVEL = "none";

    static final String OPERATOR_SIGNED = "operator-signed";

    public Verdict {
        checks = List.copyOf(checks);
        notes = List.copyOf(notes);
    }

    /**
     * Whether no step failed. Below the trust file's demand is still valid: see {@link #exitCode}.
     */
    public boolean ok() {
        return checks.stream().noneMatch(check -> check.result() == Result.FAILED);
    }

    /** 0 valid; 1 invalid; 3 valid, but below the trust file's demand. */
    public int exitCode() {
        if (!ok()) {
            return 1;
        }
        return checks.stream().anyMatch(check -> check.result() == Result.BELOW) ? 3 : 0;
    }

    /** {@code {"ok":…,"level":…,"checks":[{"step","name","result","detail"}…],"notes":[…]}}. */
    public JsonObject json() {
        return JsonObject.builder()
                .put("ok", ok())
                .put("level", level)
                .put("checks", new Array(List.copyOf(checks.stream().map(Check::json).toList())))
                .put("notes", new Array(List.copyOf(notes.stream().map(Text::new).toList())))
                .build();
    }

    static String level(int cosigned, int witnesses) {
        return cosigned == 0 ? OPERATOR_SIGNED : "witnessed " + cosigned + "/" + witnesses;
    }
}
