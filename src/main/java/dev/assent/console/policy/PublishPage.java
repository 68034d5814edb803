// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.console.Form;
import dev.assent.site.PolicyChange;
import dev.assent.site.Site;
import dev.assent.web.Problem.Fault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last look at a draft before it is published.
 *
 * @param number that the version will have
 * @param tag of the draft that is looked at
 * @param look all of it; absent where it cannot be published
 * @param changes against the newest version, in words
 * @param proposed whether asking visitors again is proposed
 * @param warnings what is only unwise
 * @param told what has just happened, in a sentence; empty: nothing
 * @param faults by JSON pointer, of the draft or of what was asked
 * @param typed what was sent; without fields if nothing was
 */
public record PublishPage(
        Site site,
        int number,
        String tag,
        @Nullable LastLook look,
        List<PolicyChange> changes,
        boolean proposed,
        List<String> warnings,
        String told,
        List<Fault> faults,
        Form typed) {
    private static final String FIRST = "The first policy of this site.";
    private static final List<String> OWN = List.of("/reason", "/effectiveAt", "/announceDays");

    /** The first version of a site asks everybody, whatever is chosen. */
    public boolean isFirst() {
        return number == 1;
    }

    /** Whether the draft as it is can be published at all. */
    public boolean isReady() {
        return faults.stream().allMatch(fault -> OWN.contains(fault.pointer()));
    }

    public String value(String field) {
        return typed.text(field);
    }

    /**
     * As it was typed; for the first version, nothing yet being typed, a sentence to begin with.
     */
    public String reason() {
        return isFirst() && typed.all("reason").isEmpty() ? FIRST : typed.text("reason");
    }

    /** What is chosen: as sent, or as proposed. */
    public boolean isMaterial() {
        String chosen = typed.text("material");
        return chosen.isEmpty() ? proposed : chosen.equals("yes");
    }

    public boolean isLater() {
        return typed.text("when").equals("later");
    }

    /** What is wrong at a field; empty if nothing is. */
    public String fault(String field) {
        return faults.stream()
                .filter(fault -> fault.pointer().equals("/" + field))
                .map(Fault::detail)
                .findFirst()
                .orElse("");
    }

    /** Where in the editor a fault of the draft is to be mended. */
    public String anchor(String pointer) {
        return PolicyPage.id(pointer.replaceFirst("/(hosts|signals)/.*", "/$1"));
    }

    /** What people call that place. */
    public String place(String pointer) {
        return FieldWords.place(pointer);
    }

    /** What is wrong with the draft itself. */
    public List<Fault> draftFaults() {
        return faults.stream().filter(fault -> !OWN.contains(fault.pointer())).toList();
    }
}
