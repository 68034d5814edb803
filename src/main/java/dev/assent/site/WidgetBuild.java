// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One build of the widget: the JavaScript that draws the banner, and the hash by which policy
 * artefacts name it. As a bean it is the build that this program carries, with which new versions
 * are published; {@link #of} is any other, such as an older one that is kept for replays.
 */
@Singleton
public final class WidgetBuild {
    private static final String RESOURCE = "/dev/assent/site/widget/assent.js";

    private final byte[] script;
    private final Hash sha256;

    /**
     * The build that is packed into this program.
     *
     * @throws IllegalStateException if it was packed without one
     */
    @Inject
    WidgetBuild() {
        this(packed());
    }

    private WidgetBuild(byte[] script) {
        this.script = script;
        this.sha256 = Hash.of(script);
    }

    /** The build with these bytes, copied: one JavaScript function body, UTF-8. */
    public static WidgetBuild of(byte[] script) {
        return new WidgetBuild(script.clone());
    }

    /** The JavaScript, UTF-8, as a copy. */
    public byte[] script() {
        return script.clone();
    }

    /** SHA-256 of {@link #script()}. */
    public Hash sha256() {
        return sha256;
    }

    private static byte[] packed() {
        try (InputStream resource = WidgetBuild.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the program was packed without " + RESOURCE);
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
