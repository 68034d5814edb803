// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of a live version that carry one language each.
 *
 * @param byLanguage in the widget's order, which is that of UTF-16 code units; empty where the one
 *     script serves all
 * @param fallback one of them, for who wants none of them; empty where there are none
 */
record ScriptLanguages(SortedMap<String, Hash> byLanguage, String fallback) {
    static final ScriptLanguages NONE = new ScriptLanguages(new TreeMap<>(), "");

    private static final int ENTRY_BYTES = 200;

    ScriptLanguages {
        byLanguage = Collections.unmodifiableSortedMap(new TreeMap<>(byLanguage));
    }

    /**
     * The script in the language that is nearest to {@code wanted}, else in the default language;
     * null where there are none.
     */
    @Nullable Hash nearest(String wanted) {
        return byLanguage.get(Languages.nearest(byLanguage.keySet(), fallback, wanted));
    }

    /** Bytes of memory, about. */
    int size() {
        return ENTRY_BYTES * byLanguage.size();
    }
}
