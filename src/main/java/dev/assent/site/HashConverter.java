// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import dev.assent.merkle.Hash;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;

/** Keeps a hash as its 32 bytes. */
@Singleton
final class HashConverter implements AttributeConverter<Hash, byte[]> {

    @Override
    public byte[] convertToPersistedValue(Hash hash, ConversionContext context) {
        return hash.bytes();
    }

    @Override
    public Hash convertToEntityValue(byte[] bytes, ConversionContext context) {
        return Hash.fromBytes(bytes);
    }
}
