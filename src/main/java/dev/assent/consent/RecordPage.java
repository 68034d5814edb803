// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.consent;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of records, newest first.
 *
 * @param records at most as many as were asked for
 * @param next for {@code after} of the next page; absent on the last
 */
@Serdeable
record RecordPage(List<Item> records, @Nullable String next) {

    /**
     * A record in a list.
     *
     * @param index of its entry in the log
     * @param record the canonical record (formats §2)
     */
    @Serdeable
    record Item(long index, Map<String, Object> record) {}
}
