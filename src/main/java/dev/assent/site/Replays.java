// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.Isolation;
import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonException;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Background;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds what visitors were shown, by the hash of the artefact. The script is the very one that was
 * served, which is stored; it is handed out only if it holds the build of the widget that the
 * artefact names. So it needs nothing of today's program, and an older build draws as it drew.
 */
@Singleton
public final class Replays {
    private static final long MEMORY_BYTES = 8L << 20;

    private final Artefacts artefacts;
    private final SiteScriptRepository scripts;
    private final ScriptStore store;
    private final Isolation isolation;
    private final ByHash<Hash, Replay> known;

    Replays(
            Artefacts artefacts,
            SiteScriptRepository scripts,
            ScriptStore store,
            Isolation isolation,
            Background background) {
        this.artefacts = artefacts;
        this.scripts = scripts;
        this.store = store;
        this.isolation = isolation;
        this.known = new ByHash<>(MEMORY_BYTES, Replay::size, this::load, background);
    }

    /**
     * What the visitors of this artefact's version were shown; also of a site that is removed.
     *
     * @return empty if there is no such artefact
     */
    public Optional<Replay> find(Hash sha256) {
        return known.find(sha256).join();
    }

    private Optional<Replay> load(Hash sha256) {
        return artefacts.find(sha256).map(document -> read(sha256, Artefact.parse(document)));
    }

    private Replay read(Hash sha256, JsonObject artefact) {
        try {
            Hash widget = Hash.fromHex(artefact.text("widget"));
            return new Replay(
                    artefact.text("site"),
                    (int) artefact.integer("version"),
                    artefact.find("controller", "name").isPresent()
                            ? artefact.text("controller", "name")
                            : "",
                    artefact.object("texts").keys().stream().sorted().toList(),
                    artefact.text("defaultLanguage"),
                    artefact.text("reason"),
                    Instant.parse(artefact.text("publishedAt")),
                    Instant.parse(artefact.text("effectiveAt")),
                    sha256,
                    widget,
                    script(sha256, artefact, build(widget)));
        } catch (JsonException e) {
            throw new IllegalStateException("cannot read artefact " + sha256, e);
        }
    }

    private WidgetBuild build(Hash widget) {
        return store.build(widget)
                .orElseThrow(() -> new IllegalStateException("no widget " + widget));
    }

    /** The one that was served. Composed where it was kept for some languages only. */
    private byte[] script(Hash sha256, JsonObject artefact, WidgetBuild build) {
        Optional<byte[]> served =
                isolation
                        .publicly(() -> scripts.findServed(sha256.bytes()))
                        .map(SiteScriptRepository.Source::identity);
        byte[] payload =
                served.map(script -> SiteScript.payload(script, build))
                        .orElseGet(() -> ScriptPayload.of(artefact, sha256));
        return served.orElseGet(() -> SiteScript.join(build, payload));
    }
}
