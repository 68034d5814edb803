// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.tally;

import dev.assent.account.JsonForm;
import io.micronaut.core.annotation.Introspected;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A page view on which the banner was shown.
 *
 * @param version of the policy
 * @param language in which the banner spoke
 * @param layout {@code desktop} or {@code mobile}
 */
@Introspected
@Schema(name = "BannerShown")
record BannerShown(long version, String language, String layout) {
    static final int MAX_BYTES = 512;

    private static final List<String> LAYOUTS = List.of("desktop", "mobile");

    static BannerShown read(byte[] body) {
        return JsonForm.read(
                body,
                "count",
                MAX_BYTES,
                form -> {
                    form.required("version");
                    form.required("layout");
                    return new BannerShown(
                            form.integer("version", 1, Integer.MAX_VALUE, 1),
                            form.requiredText("language", 35),
                            form.oneOf("layout", LAYOUTS));
                });
    }
}
