// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.audit;

import dev.assent.console.FormFault;
import dev.assent.console.Moment;
import dev.assent.receipt.Sample;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sample, or the form that draws one.
 *
 * @param size of the checkpoint, as it was typed
 * @param served size of the one that is served now; 0 before the first
 * @param sample absent where none was asked for, or it could not be drawn
 * @param rows what was drawn, by ascending number
 */
public record SamplePage(
        Audit audit,
        String size,
        String seed,
        String count,
        long served,
        @Nullable Sample sample,
        List<Row> rows,
        FormFault fault) {

    public SamplePage {
        rows = List.copyOf(rows);
    }

    /**
     * A number that was drawn.
     *
     * @param id of the record; empty if it is erased
     * @param did what happened, in a few words
     */
    public record Row(long seq, String id, String did, Moment at, long index, long proven) {
        public boolean isErased() {
            return id.isEmpty();
        }
    }

    /** Address of this sample as a file of this kind, such as {@code csv}. */
    public String file(String kind) {
        return audit.base()
                + "/sample."
                + kind
                + "?size="
                + encoded(size)
                + "&count="
                + encoded(count)
                + "&seed="
                + encoded(seed);
    }

    /** The numbers in the order in which they were drawn. */
    public String drawn() {
        return sample == null
                ? ""
                : sample.drawn().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
