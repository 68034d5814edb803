// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.audit;

import java.util.function.Supplier;

/**
 * A file of an archive.
 *
 * @param name path within the archive
 * @param pieces of the file one after the other, an empty one after the last; asked for when the
 *     files before it are written
 */
record Part(String name, Supplier<byte[]> pieces) {
    private static final byte[] END = new byte[0];

    /** A file whose bytes are made when its turn has come. */
    static Part of(String name, Supplier<byte[]> bytes) {
        return new Part(
                name,
                new Supplier<>() {
                    private boolean given;

                    @Override
                    public byte[] get() {
                        byte[] piece = given ? END : bytes.get();
                        given = true;
                        return piece;
                    }
                });
    }
}
