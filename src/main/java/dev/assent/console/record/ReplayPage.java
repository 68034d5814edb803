// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.record;

import dev.assent.console.Moment;
import java.util.List;

/**
 * A banner as it was shown.
 *
 * @param controller who asked; empty where the policy names nobody
 * @param language BCP 47, the one that is shown
 * @param layout {@code mobile} or {@code desktop}
 * @param languages all that the version was offered in
 * @param frame address of the frame that draws it
 */
public record ReplayPage(
        String siteKey,
        int version,
        String controller,
        String language,
        String layout,
        List<Language> languages,
        Moment published,
        Moment effective,
        String reason,
        String artefact,
        String widget,
        String frame) {

    /** A language by its tag and its name in English. */
    public record Language(String tag, String name) {}

    public ReplayPage {
        languages = List.copyOf(languages);
    }

    public boolean isMobile() {
        return layout.equals("mobile");
    }

    /** CSS pixels; below 640 the banner takes its form for narrow screens. */
    public String width() {
        return isMobile() ? "390" : "1200";
    }

    public String height() {
        return isMobile() ? "760" : "680";
    }

    /** The name of the language that is shown. */
    public String languageName() {
        return languages.stream()
                .filter(it -> it.tag().equals(language))
                .map(Language::name)
                .findFirst()
                .orElse(language);
    }

    /** Where the same is shown in another language or layout. */
    public String address(String inLanguage, String inLayout) {
        return "/v1/artefacts/"
                + artefact
                + "/replay?language="
                + inLanguage
                + "&layout="
                + inLayout;
    }
}
