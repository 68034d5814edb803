// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.account.JsonForm;
import dev.assent.receipt.JsonObject;
import dev.assent.web.Problem.Fault;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the banner looks. Accept and reject have no look of their own: both wear the accent, so that
 * neither can be made to stand out.
 *
 * @param position {@code bottom}, {@code bottom-left}, {@code bottom-right} or {@code center}
 * @param accent {@code #rrggbb}, under white text
 * @param radius of buttons, 0 to 24 CSS pixels
 * @param reopen {@code floating} or {@code none}
 */
record Appearance(String position, String accent, long radius, String reopen) {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final String ACCENT = "#0f4c5c";

    /** WCAG 2.2, success criterion 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;

    static Appearance read(JsonForm form) {
        return new Appearance(
                form.oneOf("position", List.of("bottom", "bottom-left", "bottom-right", "center")),
                form.matching("accent", COLOUR, "a colour such as " + ACCENT).orElse(ACCENT),
                form.integer("radius", 0, 24, 8),
                form.oneOf("reopen", List.of("floating", "none")));
    }

    /** What keeps this from being published. */
    Optional<Fault> obstacle() {
        double contrast = contrastWithWhite();
        return contrast >= LEAST_CONTRAST
                ? Optional.empty()
                : Optional.of(
                        new Fault(
                                "/appearance/accent",
                                "the contrast of white text on it is %.2f : 1, expected 4.5 : 1 or more"
                                        .formatted(contrast)));
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("position", position)
                .put("accent", accent)
                .put("radius", radius)
                .put("reopen", reopen)
                .build();
    }

    /**
     * The contrast ratio of the accent and white.
     *
     * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2, contrast ratio</a>
     */
    private double contrastWithWhite() {
        double luminance = 0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5);
        return 1.05 / (luminance + 0.05);
    }

    /** The channel whose two digits begin at {@code place}, from 0 to 1. */
    private double linear(int place) {
        double channel = Integer.parseInt(accent, place, place + 2, 16) / 255.0;
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
