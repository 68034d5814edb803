// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.console.open;

import java.util.List;

/**
 * The made-up shop.
 *
 * @param siteKey of the site whose tag the shop carries
 */
public record DemoPage(String siteKey, List<Pot> pots) {

    /**
     * A thing on the shelf.
     *
     * @param picture file name among our assets
     */
    public record Pot(String name, String glaze, String price, String picture) {}

    static DemoPage of(String siteKey) {
        return new DemoPage(
                siteKey,
                List.of(
                        new Pot("Breakfast mug", "Tide", "€ 24", "pot-mug.svg"),
                        new Pot("Porridge bowl", "Foam", "€ 28", "pot-bowl.svg"),
                        new Pot("Reed vase", "Slack water", "€ 62", "pot-vase.svg"),
                        new Pot("Milk pitcher", "Red mud", "€ 38", "pot-pitcher.svg")));
    }
}
