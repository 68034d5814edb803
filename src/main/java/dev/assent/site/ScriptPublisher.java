// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.site.PayloadVariants.Notice;
import dev.assent.site.SiteScriptRepository.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Makes the scripts that a publication brings, in its transaction. Each is compressed at its best
 * and stored at once, so that no more than one is held in memory and the connection never rests for
 * long.
 */
@Singleton
class ScriptPublisher {
    /** Versions that get a notice, the next first; who has scheduled more goes without. */
    private static final int MOST_ANNOUNCING = 4;

    private final ArtefactRepository artefacts;
    private final SiteScriptRepository scripts;

    ScriptPublisher(ArtefactRepository artefacts, SiteScriptRepository scripts) {
        this.artefacts = artefacts;
        this.scripts = scripts;
    }

    /** The new version's scripts: one with all languages, and each alone if there are several. */
    void publish(long siteId, int version, WidgetBuild core, byte[] payload) {
        String usual = PayloadVariants.defaultLanguage(payload);
        PayloadVariants.byLanguage(payload)
                .forEach((language, variant) -> {
                    SiteScript script = SiteScript.compose(core, variant);
                    scripts.insert(
                            row(siteId, version, script, language, 0, language.equals(usual)));
                });
    }

    /**
     * The scripts of what visitors see until the new version takes effect, once more and with
     * notice of it. They are those versions' own scripts, with their own widget and payload, so
     * that nothing but the notice is new to who is shown them.
     *
     * @param live the version that is live, 0 for none
     * @param before the site's versions, without the new one
     */
    void announce(Notice notice, int live, List<PolicyRow> before) {
        liveUntil(notice.at(), live, before).forEach(row -> announce(notice, row));
    }

    /** The versions that may be live before {@code end}, unless something else is published. */
    static List<PolicyRow> liveUntil(Instant end, int live, List<PolicyRow> versions) {
        return versions.stream()
                .filter(row -> row.version() >= live && row.effectiveAt().isBefore(end))
                .filter(row -> row.version() == live || !isOvertaken(row, versions))
                .sorted(Comparator.comparing(PolicyRow::effectiveAt))
                .limit(MOST_ANNOUNCING)
                .toList();
    }

    /** Whether a greater version takes effect no later: then this one never will be seen. */
    private static boolean isOvertaken(PolicyRow row, List<PolicyRow> versions) {
        return versions.stream()
                .anyMatch(other ->
                        other.version() > row.version()
                                && !other.effectiveAt().isAfter(row.effectiveAt()));
    }

    private void announce(Notice notice, PolicyRow row) {
        WidgetBuild core =
                artefacts
                        .findWidgetBuild(row.widgetSha256().bytes())
                        .map(build -> WidgetBuild.of(build.script()))
                        .orElseThrow();
        for (var source : scripts.listSources(row.siteId(), row.version())) {
            byte[] payload = SiteScript.payload(source.identity(), core);
            SiteScript script = SiteScript.compose(core, PayloadVariants.with(notice, payload));
            scripts.insert(
                    row(
                            row.siteId(),
                            row.version(),
                            script,
                            source.language(),
                            notice.version(),
                            source.isDefault()));
        }
    }

    private static Row row(
            long siteId,
            int version,
            SiteScript script,
            String language,
            int announces,
            boolean isDefault) {
        return new Row(
                siteId,
                version,
                script.sha256().bytes(),
                script.identity(),
                script.gzip(),
                script.brotli(),
                language,
                announces,
                isDefault);
    }
}
