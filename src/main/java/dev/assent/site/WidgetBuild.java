// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;

/**
 * One build of a part of the widget, by the hash of its bytes: a core, which draws the banner and
 * is what policy artefacts name, or the details part, which a core names. {@link PackedWidget} has
 * those that this program carries; any other is an older one, kept for the versions that were
 * published with it.
 */
public final class WidgetBuild {
    private final byte[] script;
    private final Hash sha256;

    private WidgetBuild(byte[] script) {
        this.script = script;
        this.sha256 = Hash.of(script);
    }

    /** The build with these bytes, copied: JavaScript, UTF-8; a core is a function's body. */
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
}
