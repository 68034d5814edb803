// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import dev.assent.receipt.JsonObject;
import dev.assent.receipt.JsonValue;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The widget that this program carries, with which new versions are published: two cores, of which
 * a script holds one, and the details part, which both load when somebody asks for more.
 */
@Singleton
final class PackedWidget {
    private static final String FOLDER = "/dev/assent/site/widget/";

    private final WidgetBuild plain = packed("assent.js");
    private final WidgetBuild full = packed("assent-full.js");
    private final WidgetBuild details = packed("details.js");

    /** The core without host rules, signals for Microsoft and Matomo, and counting. */
    WidgetBuild plain() {
        return plain;
    }

    /** The core with all of it. */
    WidgetBuild full() {
        return full;
    }

    /** What both cores load when somebody opens the preferences. */
    WidgetBuild details() {
        return details;
    }

    /** The smaller core that does all that {@code artefact} asks for. */
    WidgetBuild coreFor(JsonObject artefact) {
        boolean needsAll =
                isTrue(artefact, "microsoftConsentMode")
                        || isTrue(artefact, "matomo")
                        || Counting.of(artefact).isOn()
                        || hasHosts(artefact);
        return needsAll ? full : plain;
    }

    List<WidgetBuild> all() {
        return List.of(plain, full, details);
    }

    /** The build with this hash, if the program carries it. */
    Optional<WidgetBuild> find(Hash sha256) {
        return all().stream().filter(build -> build.sha256().equals(sha256)).findFirst();
    }

    private static boolean isTrue(JsonObject artefact, String key) {
        return artefact.find(key).filter(new JsonValue.Bool(true)::equals).isPresent();
    }

    private static boolean hasHosts(JsonObject artefact) {
        return artefact.find("purposes").stream()
                .flatMap(purposes -> ((JsonValue.Array) purposes).values().stream())
                .flatMap(purpose -> ((JsonObject) purpose).find("hosts").stream())
                .anyMatch(hosts -> !((JsonValue.Array) hosts).values().isEmpty());
    }

    /** A program that was packed without its widget does not start. */
    private static WidgetBuild packed(String name) {
        try (InputStream resource = PackedWidget.class.getResourceAsStream(FOLDER + name)) {
            if (resource == null) {
                throw new IllegalStateException("the program was packed without " + name);
            }
            return WidgetBuild.of(resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
