// SPDX-FileCopyrightText: The Assent authors
// SPDX-License-Identifier: Apache-2.0
package dev.assent.site;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.time.Period;

/** Keeps a period as its ISO 8601 text, such as {@code P24M}. */
@Singleton
final class PeriodConverter implements AttributeConverter<Period, String> {

    @Override
    public String convertToPersistedValue(Period period, ConversionContext context) {
        return period.toString();
    }

    @Override
    public Period convertToEntityValue(String text, ConversionContext context) {
        return Period.parse(text);
    }
}
