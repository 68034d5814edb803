// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.policy;

import dev.assent.console.Flash;
import dev.assent.site.PolicyChange;
import dev.assent.site.PolicyTexts;
import dev.assent.site.Site;
import dev.assent.web.Problem.Fault;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The editor of a policy draft.
 *
 * @param tag of the draft that is edited; empty: there is none yet
 * @param base the same draft, see {@link DraftBase}
 * @param fields as they are shown: as stored, or as they were sent
 * @param told what has just happened, in a sentence; empty: nothing
 * @param faults of form; with any of them nothing was saved
 * @param obstacles what keeps the draft from being published
 * @param warnings what is only unwise
 * @param unsaved whether the fields differ from what is stored, as far as is known
 * @param flash what was done just before this page was asked for
 * @param clash what somebody else saved meanwhile; {@link Clash#NONE} if nobody did
 */
public record PolicyPage(
        Site site,
        String tag,
        String base,
        DraftFields fields,
        String told,
        List<Fault> faults,
        List<Fault> obstacles,
        List<String> warnings,
        Clash clash,
        boolean unsaved,
        Flash flash) {

    /** Periods to choose from; any other ISO 8601 period up to 24 months is taken too. */
    public static final List<String> LIFETIMES =
            List.of("P1M", "P3M", "P6M", "P12M", "P13M", "P24M");

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
        List<String> ids = purposeIds();
        return (faults.isEmpty() ? obstacles : faults)
                .stream()
                        .map(fault ->
                                new Fault(FieldWords.field(fault.pointer(), ids), said(fault)))
                        .toList();
    }

    private static String said(Fault fault) {
        if (fault.pointer().matches("/purposes/\\d+/trackers/\\d+/lifetime")) {
            return "say a time such as 13 months, 30 minutes, or session";
        }
        return fault.detail().equals("missing") ? "fill this in" : fault.detail();
    }

    /** Where the draft stands, in a sentence. */
    public String verdict() {
        int count = problems().size();
        String things = count == 1 ? "1 thing" : count + " things";
        return count == 0
                ? "Nothing stands in the way of publishing, once it is saved."
                : faults.isEmpty()
                        ? things + " to mend before it can be published."
                        : things + " to mend before it can be saved.";
    }

    /** What people call a field. */
    public String place(String field) {
        return FieldWords.place(field);
    }

    /** Whether a part that can be folded stands open: where something in it is wrong it does. */
    public boolean opens(String part, boolean otherwise) {
        return otherwise
                || problems().stream()
                        .map(Fault::pointer)
                        .anyMatch(at -> at.equals(part) || at.startsWith(part + "/"));
    }

    /** Whether the further texts of a language stand open. */
    public boolean opensRest(String language) {
        return PolicyTexts.furtherKeys().stream()
                .anyMatch(key -> !fault(language + "/" + key).isEmpty());
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

    /** Whether the last tracker has just been added. */
    public boolean isNewTracker(int purpose) {
        int last = trackers(purpose) - 1;
        return last >= 0 && value("/purposes/" + purpose + "/trackers/" + last + "/name").isBlank();
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

    /** What people call the purpose at a place: its name in the default language, or its id. */
    public String purposeName(int place) {
        String id = value("/purposes/" + place + "/id").strip();
        String language = value("/defaultLanguage");
        return Stream.of(
                        value("/texts/" + language + "/purposes/@" + place + "/name"),
                        PolicyTexts.builtIn(language, "purposes/" + id + "/name"),
                        id)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("New purpose");
    }

    /** Whose words a language is said in, in a few. */
    public String saidIn(String language) {
        long own = written(language);
        boolean isBuiltIn = !PolicyTexts.builtIn(language, "title").isEmpty();
        return own > 0
                ? own + " of your own"
                : isBuiltIn ? "built-in words" : "nothing written yet";
    }

    /** How many texts the owner wrote in a language. */
    private long written(String language) {
        return fields.under("/texts/" + language + "/").values().stream()
                .filter(text -> !text.isBlank())
                .count();
    }

    /** The text that is shown where the owner writes none; empty where one must be written. */
    public String builtIn(String language, String path) {
        String builtIn = PolicyTexts.builtIn(language, path);
        if (!builtIn.isEmpty() || !PolicyTexts.isBorrowed(language, path)) {
            return builtIn;
        }
        String usual = value("/defaultLanguage");
        String own = value("/texts/" + usual + "/" + path);
        return own.isBlank() ? PolicyTexts.builtIn(usual, path) : own;
    }

    /** Lines of the field for a text; 0 for a short one. */
    public int rows(String language, String path) {
        boolean isLong = builtIn(language, path).length() > 60 || path.equals("body");
        return isLong || path.equals(PolicyTexts.CHANGES) ? 3 : 0;
    }

    /** What a tracker's type is called. */
    public static String type(String type) {
        return switch (type) {
            case "localStorage" -> "local storage";
            case "sessionStorage" -> "session storage";
            case "indexedDB" -> "database (IndexedDB)";
            default -> type;
        };
    }

    /** In English, with its tag. */
    public String languageName(String tag) {
        return PolicyTexts.languageName(tag);
    }

    /** Where a button that changes the form leads: the same page, at the field that it is about. */
    public String at(String name) {
        return path() + "#" + id(name);
    }

    /** The path under {@code /console/sites}. */
    public String path() {
        return "/console/sites/" + site.siteKey() + "/policy";
    }

    private List<String> purposeIds() {
        return IntStream.range(0, purposes())
                .mapToObj(place -> value("/purposes/" + place + "/id").strip())
                .toList();
    }

    private static boolean isList(String name) {
        return name.matches("/purposes/\\d+/(hosts|signals)");
    }

    private static boolean isBelowList(String name) {
        return name.matches("/purposes/\\d+/(hosts|signals)/.*");
    }
}
