// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console;

import dev.assent.site.PolicyChange;
import dev.assent.site.PolicyTexts;
import dev.assent.web.Problem.Fault;
import java.util.List;
import java.util.TreeSet;

/**
 * The editor of a policy draft.
 *
 * @param siteName for people
 * @param tag of the draft that is edited; empty: there is none yet
 * @param base the same draft, see {@link DraftBase}
 * @param fields as they are shown: as stored, or as they were sent
 * @param told what has just happened, in a sentence; empty: nothing
 * @param faults of form; with any of them nothing was saved
 * @param obstacles what keeps the draft from being published
 * @param warnings what is only unwise
 * @param clash what somebody else saved meanwhile; {@link Clash#NONE} if nobody did
 */
public record PolicyPage(
        String siteKey,
        String siteName,
        String tag,
        String base,
        DraftFields fields,
        String told,
        List<Fault> faults,
        List<Fault> obstacles,
        List<String> warnings,
        Clash clash) {

    /** Periods to choose from; any other ISO 8601 period up to 24 months is taken too. */
    public static final List<String> LIFETIMES = List.of("P1M", "P3M", "P6M", "P12M", "P13M");

    public static final List<String> POSITIONS =
            List.of("bottom", "bottom-left", "bottom-right", "center");

    public static final List<String> SIGNALS =
            List.of(
                    "analytics_storage",
                    "ad_storage",
                    "ad_user_data",
                    "ad_personalization",
                    "functionality_storage",
                    "personalization_storage",
                    "security_storage");

    public static final List<String> TRACKER_TYPES =
            List.of("cookie", "localStorage", "sessionStorage", "indexedDB", "script", "pixel");

    /** Concepts of the Data Privacy Vocabulary that fit most purposes. */
    public static final List<String> CONCEPTS =
            List.of(
                    "dpv:ServiceProvision",
                    "dpv:ServicePersonalisation",
                    "dpv:UserInterfacePersonalisation",
                    "dpv:ServiceUsageAnalytics",
                    "dpv:RequestedServiceProvision",
                    "dpv:Marketing",
                    "dpv:Advertising",
                    "dpv:PersonalisedAdvertising",
                    "dpv:SocialMediaMarketing");

    /**
     * Another editor was quicker.
     *
     * @param who saved; empty: not known
     * @param theirs what they changed, in words; empty where the draft before them is not known
     * @param yours how what was sent differs from what is stored now
     */
    public record Clash(
            boolean happened, String who, List<PolicyChange> theirs, List<PolicyChange> yours) {
        static final Clash NONE = new Clash(false, "", List.of(), List.of());
    }

    /** What is wrong at a field, or below it; empty if nothing is. */
    public String fault(String name) {
        return problems().stream()
                .filter(fault ->
                        fault.pointer().equals(name)
                                || (isList(name) && fault.pointer().startsWith(name + "/")))
                .map(Fault::detail)
                .findFirst()
                .orElse("");
    }

    /** All that is wrong, each with the name of its field. */
    public List<Fault> problems() {
        return (faults.isEmpty() ? obstacles : faults)
                .stream().map(fault -> new Fault(field(fault.pointer()), fault.detail())).toList();
    }

    /** Where a fault's link leads: to its field, or the nearest thing around it that is there. */
    public String anchor(String name) {
        String field = name;
        while (isBelowList(field)) {
            field = field.substring(0, field.lastIndexOf('/'));
        }
        return id(field);
    }

    /** The id of a field's element. */
    public static String id(String name) {
        return "field" + name.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    public String value(String name) {
        return fields.value(name);
    }

    /** Whether the box at {@code name} is ticked. */
    public boolean isOn(String name) {
        return fields.value(name).equals("yes");
    }

    /** Whether the list at {@code name} has {@code line}. */
    public boolean holds(String name, String line) {
        return fields.value(name).lines().anyMatch(line::equals);
    }

    public int purposes() {
        return fields.purposes();
    }

    public int trackers(int purpose) {
        return fields.trackers(purpose);
    }

    public List<String> languages() {
        return fields.languages();
    }

    /** Languages that could be added. */
    public List<String> otherLanguages() {
        return PolicyTexts.BUILT_IN.stream()
                .filter(language -> !languages().contains(language))
                .toList();
    }

    /** Languages for the field of the default language: those built in, and whatever is there. */
    public List<String> allLanguages() {
        var all = new TreeSet<>(PolicyTexts.BUILT_IN);
        all.addAll(languages());
        if (!value("/defaultLanguage").isBlank()) {
            all.add(value("/defaultLanguage"));
        }
        return List.copyOf(all);
    }

    /** What people call the purpose at a place: its name where the owner wrote one, or its id. */
    public String purposeName(int place) {
        String id = value("/purposes/" + place + "/id");
        String written =
                value("/texts/" + value("/defaultLanguage") + "/purposes/@" + place + "/name");
        return !written.isBlank() ? written : id.isBlank() ? "New purpose" : id;
    }

    /** How many texts the owner wrote in a language. */
    public long written(String language) {
        return fields.under("/texts/" + language + "/").values().stream()
                .filter(text -> !text.isBlank())
                .count();
    }

    /** The text that is shown where the owner writes none. */
    public String builtIn(String language, String path) {
        return PolicyTexts.builtIn(language, path);
    }

    /** The path under {@code /console/sites}. */
    public String path() {
        return "/console/sites/" + siteKey + "/policy";
    }

    /** The pointer with the place of a purpose for its id, where texts are meant. */
    private String field(String pointer) {
        String[] parts = pointer.split("/", 6);
        if (parts.length > 4 && parts[1].equals("texts") && parts[3].equals("purposes")) {
            for (int i = 0; i < purposes(); i++) {
                if (value("/purposes/" + i + "/id").strip().equals(parts[4])) {
                    parts[4] = "@" + i;
                }
            }
            return String.join("/", parts);
        }
        return pointer;
    }

    private static boolean isList(String name) {
        return name.matches("/purposes/\\d+/(hosts|signals)");
    }

    private static boolean isBelowList(String name) {
        return name.matches("/purposes/\\d+/(hosts|signals)/.*");
    }
}
